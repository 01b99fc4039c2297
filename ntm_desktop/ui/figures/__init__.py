"""The register of figures by year: each typed once, closed years locked, what differs settled."""
