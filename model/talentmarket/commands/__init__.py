"""Every command, a module each: its options, its work, and what it prints.

A module `name` holds a function `name`, whose parameters are the options and whose docstring is the help. `cli.COMMANDS`
lists them. They are imported to print the help, so that whatever takes time is imported where it is used.
"""
