"""The commands whose work spans several packages."""
