"""What a reader takes out of the dashboard: files by the export dialog, text by the clipboard."""
