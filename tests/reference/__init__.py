"""Every figure of kaptui a second time, in plain Python from the CSV files: the oracle of the engine's tests.

Nothing here reads `queries/`. Money is Decimal and converted unrounded; ratios are floats made from Decimals.
"""
