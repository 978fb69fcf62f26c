"""What small specs in tests start with, and the day on which tests judge dates."""

import datetime

TODAY = datetime.date(2026, 11, 20)
HEADER = "archspec: 1\nname: sample\nregion: us-east-1\n"
