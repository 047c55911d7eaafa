"""What is worked out beside the tabs' loops: files to take away, many seeds, studies."""
