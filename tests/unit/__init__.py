"""Parts by themselves: text, headlines, filters, export, configuration."""
