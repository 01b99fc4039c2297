"""A pack repository (TUF): published by an office, carried as a folder or one file, admitted with reasons."""
