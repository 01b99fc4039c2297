"""The window of a reviewer, "Tham tra": dossiers of many communes, remarks, return slips."""
