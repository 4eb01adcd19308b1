"""What the Sponsors screen draws out of several answers, and the moves of its what-if."""
