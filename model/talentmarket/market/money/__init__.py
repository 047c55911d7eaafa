"""What money is worth: packages, vesting, risk, posted pay."""
