"""The widgets for curves, scatters, waterfalls and bars, and what they draw with."""
