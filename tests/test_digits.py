"""The digits against what their source documents, and against the fingerprint of scikit-learn's file."""

import hashlib

import numpy as np

from jaclib import load_digits

# "Class distribution: no. of examples in testing set" in the source's own description (UCI, optdigits.names).
CLASS_COUNTS = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]

# SHA-256 of the integers of scikit-learn 1.9.1's digits.csv.gz as bytes: 1 797 x 64 pixels, then the labels.
FINGERPRINT = "87ff0c9e40dc7e2c0e34e7257799c2e3f3aec1a016363bb11cad869ec428a826"

# The first image as scikit-learn's user guide prints it.
FIRST = """
0  0  5 13  9  1  0  0
0  0 13 15 10 15  5  0
0  3 15  2  0 11  8  0
0  4 12  0  0  8  8  0
0  5  8  0  0  9  8  0
0  4 11  0  1 12  7  0
0  2 14  5 10 12  0  0
0  0  6 13 10  0  0  0
"""


def test_the_types_and_ranges_are_as_documented():
    digits = load_digits()
    assert digits.images.shape == (1797, 64)
    assert digits.images.dtype == np.float64
    assert (digits.images.min(), digits.images.max()) == (0.0, 1.0)
    assert digits.labels.shape == (1797,)
    assert digits.labels.dtype == np.int64


def test_every_class_has_the_count_that_the_source_states():
    assert np.bincount(load_digits().labels).tolist() == CLASS_COUNTS


def test_the_first_image_is_the_one_printed_in_the_user_guide_of_scikit_learn():
    images, labels = load_digits()
    expected = np.array(FIRST.split(), dtype=float)
    np.testing.assert_array_equal(16 * images[0], expected)
    assert labels[0] == 0


def test_every_pixel_and_label_is_the_one_of_the_source_in_its_order():
    images, labels = load_digits()
    raw = (16 * images).astype(np.uint8)
    np.testing.assert_array_equal(raw / 16, images)
    assert hashlib.sha256(raw.tobytes() + labels.astype(np.uint8).tobytes()).hexdigest() == FINGERPRINT


def test_each_call_hands_out_its_own_arrays():
    first = load_digits()
    first.images[:] = -1
    first.labels[:] = -1
    assert load_digits().images.min() == 0
    assert load_digits().labels.min() == 0
