"""Loading catalogues from files and addresses, in batches, with a report of what was refused; on from where it was cut off."""
