"""The commands of `cleantech`, one file each."""
