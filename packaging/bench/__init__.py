"""Speed and memory of the program, each as a ratio to a floor taken in the same run."""
