"""The headline of each screen: one line that says what the numbers below it come to, with its base in it."""
