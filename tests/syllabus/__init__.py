"""Integrals of standard calculus syllabi, with their values: in one variable, and in several."""
