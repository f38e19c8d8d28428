"""Reports, each made from the events of a run."""
