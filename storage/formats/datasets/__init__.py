"""Many articles in one file: for analysis, for spreadsheets, for archives."""
