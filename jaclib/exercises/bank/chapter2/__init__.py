"""Chapter 2: the Jacobian matrix, layouts, the chain rule as a product, modes, and what one can solve with it.

One module for each part of the chapter: `linear` (zooming in, the best linear map and its error), `matrix` (rows,
columns, a layer), `layouts`, `special` (softmax, cross-entropy, a residual block), `chain`, `products` and
`products_code` (JVP and VJP), `cost` (forward and reverse), `batches`, `newton`, `singular`, `implicit`, `digits`.
"""
