"""What the points of a study say: responses, sensitivity, robustness, where it fails, and all that in words."""
