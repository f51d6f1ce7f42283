"""What an export did, and what of the store it could not write."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Exported:
    """What was written, and what was left out.

    Attributes
    ----------
    rows : dict of str to dict of str to int
        Number of rows, by dataset and table.
    notes : list of str
        What a user should know, such as what could not be written and why.

    Examples
    --------
    >>> Exported({"mine": {"councils": 5, "borders": 4}}).total("mine")
    9
    """

    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def total(self, dataset: str) -> int:
        """Sum up a dataset's rows.

        Parameters
        ----------
        dataset : str
            Its name.

        Returns
        -------
        int

        Examples
        --------
        >>> Exported().total("mine")
        0
        """
        return sum(self.rows.get(dataset, {}).values())
