"""Chapter 2: the Jacobian matrix, layouts, the chain rule as a product, modes, and what one can solve with it.

One module for each part of the chapter: `linear` and `linear_code` (zooming in, the best linear map and its error),
`matrix` (entries, rows and columns, a layer), `layouts`, `special` (softmax, cross-entropy, a residual block), `chain`,
`products` and `products_code` (JVP and VJP), `cost` (forward and reverse), `batches`, `newton`, `singular` (the robot
arm), `implicit`, `digits` (a classifier).
"""
