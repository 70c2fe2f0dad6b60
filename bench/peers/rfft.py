"""NumPy's real FFT, as many times as each line of input says: one signal a call, or with an argument so many a call.

First prints the bins 1 and 292, so that both sides know that they do the same; then, for each line, the nanoseconds.
"""

import sys
import time

import numpy as np

SIZE = 2048

n = np.arange(SIZE, dtype=np.int64)
signal = (((((n * n) % 65537) * 7919 + n * 10729) % 65537) / 32768 - 1).astype(np.float32)
rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1
signals = signal if rows == 1 else np.tile(signal, (rows, 1))

first, other = np.fft.rfft(signal)[[1, 292]]
print(first.real, first.imag, other.real, other.imag, flush=True)
for line in sys.stdin:
    calls = max(1, int(line) // rows)
    began = time.perf_counter_ns()
    for _ in range(calls):
        np.fft.rfft(signals)
    print((time.perf_counter_ns() - began) * int(line) // (calls * rows), flush=True)
