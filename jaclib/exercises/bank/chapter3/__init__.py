"""Chapter 3: change of variables, folds, densities.

One module for each part of the chapter: `one_dimension`, `sets`, `scale` (linear and curved maps), `polar`,
`gaussian`, `region`, `inverse` (the shortcut), `space`, `folds`, `densities`, `flows` (and affine maps),
`monte_carlo`, and `sampling` and `polar_code` for the functions to write.
"""
