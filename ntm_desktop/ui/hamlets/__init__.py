"""The tables by hamlet: hamlets down, figures across, totals that feed the requirements."""
