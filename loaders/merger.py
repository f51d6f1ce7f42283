"""Writing a batch in one transaction, whatever else the graph says of it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from neo4j import ManagedTransaction

from graphmodel.model import Edge
from graphmodel.store.merge import Statement, merged, statements_of
from graphmodel.store.statements import Shape
from graphmodel.store.values import plain
from loaders.fingerprints import Key
from loaders.gathering import Values
from loaders.report import Counts
from loaders.run import LoadInterruptedError, hold, hold_stripe
from loaders.stated import Batch

Work = Callable[[ManagedTransaction], Counts]


@dataclass(frozen=True)
class Merger:
    """Compares a batch with what is stored and writes what differs, in one transaction.

    Attributes
    ----------
    shape : Shape
        What is written.
    dataset : str
        Whose words they are.
    run : str
        Id of the load's record.
    own : int
        How many of the label or type this load has made so far.
    frozen : container of tuple
        Keys of those to leave as they are, if they are there.

    Examples
    --------
    >>> from graphmodel.model import Document
    >>> Merger(Shape(Document), "mine", "run 1").own
    0
    """

    shape: Shape
    dataset: str
    run: str
    own: int = 0
    frozen: Container[Key] = ()

    def create(self, batch: Batch) -> Work:
        """Make the function that writes a batch without looking, if there are no others.

        Parameters
        ----------
        batch : Batch
            Of keys that this load has not written yet.

        Returns
        -------
        callable
            To be run in a transaction; running it twice comes to the same.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> batch = Batch(Shape(Document), ("title",), {}, [("a", "A report")])
        >>> callable(Merger(Shape(Document), "mine", "run 1").create(batch))
        True
        """

        def in_transaction(transaction: ManagedTransaction) -> Counts:
            hold(transaction, self.run)
            if self._is_alone(transaction):
                return self._create(transaction, batch)
            said = {
                key: statements_of(self.shape.kind, properties)
                for key, properties in batch.properties()
            }
            return self._merge(transaction, said)

        return in_transaction

    def begin_stripes(self, transaction: ManagedTransaction) -> dict[str, int]:
        """See whether batches may be written without looking, by several sessions at once.

        Parameters
        ----------
        transaction : ManagedTransaction
            In which nothing else is done.

        Returns
        -------
        dict of str to int
            Parts of the lock and how often each was taken; none if there are others of
            the label or type.
        """
        taken = hold(transaction, self.run)
        return taken if self._is_alone(transaction) else {}

    def create_in(
        self, stripe: str, taken: int, batch: Batch
    ) -> Callable[[ManagedTransaction], Counts | None]:
        """Make the function that writes a batch without looking, beside other sessions.

        Parameters
        ----------
        stripe : str
            The part of the lock to take.
        taken : int
            How often it had been taken when this load had it last.
        batch : Batch
            Of keys that this load has not written yet.

        Returns
        -------
        callable
            To be run in a transaction; it gives nothing, and has written nothing, where
            somebody else may have written since.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> batch = Batch(Shape(Document), ("title",), {}, [("a", "A report")])
        >>> callable(Merger(Shape(Document), "mine", "run 1").create_in("load", 3, batch))
        True
        """

        def in_transaction(transaction: ManagedTransaction) -> Counts | None:
            if hold_stripe(transaction, self.run, stripe) != taken + 1:
                return None
            return self._create(transaction, batch)

        return in_transaction

    def merge(self, said: dict[Key, list[Statement]]) -> Work:
        """Make the function that merges what rows say with what others say.

        Parameters
        ----------
        said : dict of tuple to list of Statement
            By key; nothing where the dataset takes its words back.

        Returns
        -------
        callable
            To be run in a transaction; running it twice comes to the same.

        Examples
        --------
        >>> from graphmodel.model import Document
        >>> callable(Merger(Shape(Document), "mine", "run 1").merge({("a",): []}))
        True
        """

        def in_transaction(transaction: ManagedTransaction) -> Counts:
            hold(transaction, self.run)
            return self._merge(transaction, said)

        return in_transaction

    def _create(self, transaction: ManagedTransaction, batch: Batch) -> Counts:
        statement = self.shape.create(batch.columns, batch.constants)
        result = transaction.run(statement, batch.parameters())
        self._require(result.single(strict=True)["number"], len(batch.rows))
        return Counts(inserted=len(batch.rows))

    def _merge(self, transaction: ManagedTransaction, said: dict[Key, list[Statement]]) -> Counts:
        stored = self._stored(transaction, said)
        counts = Counts()
        changed: list[tuple[Key, Values]] = []
        gone: list[Key] = []
        for key, statements in said.items():
            before = stored.get(key)
            after = self._after(key, before, statements)
            if after is None:
                gone.append(key)
            elif before is None:
                counts.inserted += 1
                changed.append((key, after))
            elif before == after:
                counts.unchanged += 1
            else:
                counts.updated += 1
                changed.append((key, after))
        self._write(transaction, changed)
        counts.removed = self._take_away(transaction, gone)
        return counts

    def _after(self, key: Key, before: Values | None, statements: list[Statement]) -> Values | None:
        """Properties once the dataset has spoken; nothing if nobody states it any longer."""
        if before is not None and key in self.frozen:
            return before
        said_before = statements_of(self.shape.kind, before) if before else []
        others = [statement for statement in said_before if statement.dataset != self.dataset]
        said = [*others, *statements]
        return merged(self.shape.kind, said) if said else None

    def _is_alone(self, transaction: ManagedTransaction) -> bool:
        """Whether all of the label or type is from this very load."""
        number: int = transaction.run(self.shape.count()).single(strict=True)["number"]
        return number == self.own

    def _stored(self, transaction: ManagedTransaction, keys: Iterable[Key]) -> dict[Key, Values]:
        """Fetch what is there; nothing, without looking, if all of the kind is from this load."""
        if self._is_alone(transaction):
            return {}
        result = transaction.run(self.shape.fetch(), keys=list(keys))
        return {tuple(key): plain(properties) for key, properties in result}

    def _write(self, transaction: ManagedTransaction, rows: list[tuple[Key, Values]]) -> None:
        if not rows:
            return
        result = transaction.run(self.shape.write(), rows=rows)
        self._require(result.single(strict=True)["number"], len(rows))

    def _require(self, written: int, wanted: int) -> None:
        if written != wanted:
            raise LoadInterruptedError(
                f"{wanted - written} of {wanted} {self.shape.name} found no node at one of "
                "their ends: something else changed the graph during the load. Load again."
            )

    def _take_away(self, transaction: ManagedTransaction, keys: list[Key]) -> int:
        """Delete edges; mark nodes as stated by nobody, for the sweep to see if they can go."""
        if not keys:
            return 0
        if not issubclass(self.shape.kind, Edge):
            transaction.run(self.shape.unstate(), keys=keys).consume()
            return 0
        number: int = transaction.run(self.shape.delete(), keys=keys).single(strict=True)["number"]
        return number
