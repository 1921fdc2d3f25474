"""Intake: whatever a user has in hand, as Documents. Bad input becomes a Failure that says what, why and how
to mend.
"""

from rasid.intake.carrier import Failure as Failure
from rasid.intake.carrier import Limits as Limits
from rasid.intake.carrier import all_carriers as all_carriers
from rasid.intake.carriers.plain import of_text as of_text
from rasid.intake.opening import open_bytes as open_bytes
from rasid.intake.opening import open_path as open_path
