"""What the tables of a run hold, and their forms in Arrow, pandas and xarray."""
