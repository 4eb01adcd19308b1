"""The engine: opening, the model by name, answers and their promises."""
