"""A made survey of 32 councils in three waves, whose truth is known.

Nothing in it is a real return: it is generated from a seed, and says so wherever it shows.
Its totals are those that the 2020 report publishes (read from the Scottish dataset, not typed
again); who takes part in what, the names and all earlier waves are invented.
"""

from tests.made_survey.making import MADE, MadeSurvey, Told, make, without_ids
from tests.made_survey.truth import WAVES, Activity

__all__ = ["MADE", "WAVES", "Activity", "MadeSurvey", "Told", "make", "without_ids"]
