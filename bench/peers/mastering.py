"""The mastering chain of src/pipelines/mastering with NumPy, SciPy and Numba: the same definitions over whole arrays.

usage: mastering.py RECORDING.wav FACTS.json OUTPUT.f32

Reads a float WAV, compiles every loop on its first second, then times each stage once over all of it. FACTS.json gets the
milliseconds of each stage and what the analyses found; OUTPUT.f32 the mastered samples, interleaved.
"""

import json
import sys
import time

import numpy as np
from numba import njit
from scipy import fft, signal
from scipy.io import wavfile

EDGES = np.array(
    [0, 100, 200, 300, 400, 510, 630, 770, 920, 1080, 1270, 1480, 1720, 2000, 2320, 2700, 3150, 3700, 4400, 5300]
    + [6400, 7700, 9500, 12000, 15500, 20000]
)
FLOOR = 1e-10


def frames_of(x, size, hop):
    """Rows of `size` samples every `hop`; a sound shorter than one frame ends in silence."""
    if len(x) < size:
        x = np.concatenate([x, np.zeros(size - len(x), x.dtype)])
    return np.lib.stride_tricks.sliding_window_view(x, size)[::hop]


def hann(size):
    return signal.get_window("hann", size).astype(np.float32)


def spectra_of(x, size, hop, batch=256):
    """Magnitudes of all frames, some at a time so that they stay in the cache."""
    window = hann(size)
    frames = frames_of(x, size, hop)
    for first in range(0, len(frames), batch):
        bins = fft.rfft(frames[first : first + batch] * window)
        yield np.sqrt(bins.real**2 + bins.imag**2)


# Content analysis


@njit(cache=True, fastmath=True)
def sums(channels):
    squares, peak = 0.0, 0.0
    for channel in channels:
        for x in channel:
            squares += x * x
            peak = max(peak, abs(x))
    return squares, peak


@njit(cache=True)
def crossings(x):
    count = 0
    for n in range(1, len(x)):
        if (x[n] >= 0) != (x[n - 1] >= 0):
            count += 1
    return count


@njit(cache=True, fastmath=True)
def products(left, right):
    ll, rr, lr = 0.0, 0.0, 0.0
    for n in range(len(left)):
        ll += left[n] * left[n]
        rr += right[n] * right[n]
        lr += left[n] * right[n]
    return ll, rr, lr


@njit(cache=True)
def rising_flux(magnitudes, before, flux):
    for frame in range(magnitudes.shape[0]):
        total = 0.0
        for bin in range(magnitudes.shape[1]):
            rise = magnitudes[frame, bin] - before[bin]
            if rise > 0:
                total += rise
            before[bin] = magnitudes[frame, bin]
        flux[frame] = total


@njit(cache=True)
def window_powers(channels, size, hop):
    count = max(0, (channels.shape[1] - size) // hop + 1)
    powers = np.empty(count)
    for window in range(count):
        squares = 0.0
        for channel in range(channels.shape[0]):
            for n in range(window * hop, window * hop + size):
                squares += channels[channel, n] * channels[channel, n]
        powers[window] = squares / (size * channels.shape[0])
    return powers


def k_weighting(rate):
    """The two filters of ITU-R BS.1770 at any rate, from their analogue prototypes."""
    k = np.tan(np.pi * 1681.974450955533 / rate)
    q, gain = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    middle = gain**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = [
        (gain + middle * k / q + k * k) / a0,
        2 * (k * k - gain) / a0,
        (gain - middle * k / q + k * k) / a0,
        1,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    ]
    k = np.tan(np.pi * 38.13547087602444 / rate)
    q = 0.5003270373238773
    a0 = 1 + k / q + k * k
    high_pass = [1, -2, 1, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0]
    return np.array([shelf, high_pass])


def loudness(channels, rate):
    """Integrated loudness in LUFS: blocks of 400 ms every 100 ms, gated at −70 LUFS and 10 LU below their mean."""
    weighted = signal.sosfilt(k_weighting(rate), channels.astype(np.float64), axis=1)
    hop = int(rate / 10 + 0.5)
    steps = (weighted[:, : weighted.shape[1] // hop * hop] ** 2).reshape(len(channels), -1, hop).sum(axis=(0, 2))
    blocks = np.convolve(steps, np.ones(4), "valid") / (4 * hop)
    blocks = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if len(blocks) == 0:
        return None
    blocks = blocks[blocks > blocks.mean() * 0.1]
    return -0.691 + 10 * np.log10(blocks.mean())


def tempo(flux, rate, hop):
    threshold = flux.mean() + 0.5 * flux.std()
    inner = flux[1:-1]
    peaks = np.flatnonzero((inner > threshold) & (inner > flux[:-2]) & (inner >= flux[2:])) + 1
    if len(peaks) < 2:
        return None
    bpm = 60 / (np.median(np.diff(peaks)) * hop / rate)
    while bpm < 60:
        bpm *= 2
    while bpm > 200:
        bpm /= 2
    return bpm


def content(channels, rate):
    mid = channels.mean(axis=0)
    squares, peak = sums(channels)
    rms = np.sqrt(squares / channels.size)
    size, hop = 1024, 512
    flux, before, mean = [], np.zeros(size // 2 + 1), np.zeros(size // 2 + 1)
    for magnitudes in spectra_of(mid, size, hop):
        part = np.empty(len(magnitudes))
        rising_flux(magnitudes, before, part)
        flux.append(part)
        mean += magnitudes.sum(axis=0)
    flux = np.concatenate(flux)
    flux[0] = 0
    bins = np.arange(size // 2 + 1) * rate / size
    energy = np.cumsum(mean**2)
    width = 0.0
    if len(channels) == 2:
        ll, rr, lr = products(channels[0], channels[1])
        width = 1 - abs(lr / np.sqrt(ll * rr)) if ll * rr > 0 else 0.0
    powers = window_powers(channels, 2 * (rate // 2), rate // 2)
    loud = 10 * np.log10(powers[powers > 1e-7])
    return {
        "rmsDb": 20 * np.log10(rms),
        "peakDb": 20 * np.log10(peak),
        "crestDb": 20 * np.log10(peak / rms),
        "centroidHz": (bins * mean).sum() / mean.sum(),
        "rolloffHz": bins[np.searchsorted(energy, 0.85 * energy[-1])],
        "zeroCrossingRate": crossings(mid) / (2 * len(mid)),
        "tempoBpm": tempo(flux, rate, hop),
        "stereoWidth": width,
        "loudnessLufs": loudness(channels, rate),
        "dynamicRangeDb": np.percentile(loud, 95) - np.percentile(loud, 10) if len(loud) else 0,
        "energy": "high" if rms > 0.3 else "medium" if rms > 0.1 else "low",
    }


# Spectrum


def a_weighting(f):
    square = f * f
    response = (12194**2 * square**2) / (
        (square + 20.6**2) * np.sqrt((square + 107.7**2) * (square + 737.9**2)) * (square + 12194**2)
    )
    return 20 * np.log10(response) + 2.0


@njit(cache=True)
def smoothed_levels(magnitudes, first, last, scale, weights, level, total, started):
    for frame in range(magnitudes.shape[0]):
        for band in range(len(first)):
            mean = 0.0
            for bin in range(first[band], last[band]):
                mean += magnitudes[frame, bin]
            mean *= scale / (last[band] - first[band])
            now = 20 * np.log10(max(mean, FLOOR)) + weights[band]
            level[band] = 0.8 * level[band] + 0.2 * now if started else now
            total[band] += level[band]
        started = True


def spectrum(channels, rate):
    size, hop, bands = 4096, 1024, 64
    mid = channels.mean(axis=0)
    edges = 20 * (20000 / 20) ** (np.arange(bands + 1) / bands)
    bin_hz = rate / size
    first = np.minimum(edges[:-1] // bin_hz, size // 2).astype(np.int64)
    last = np.minimum(np.maximum(edges[1:] // bin_hz, first + 1), size // 2 + 1).astype(np.int64)
    weights = a_weighting(np.sqrt(edges[:-1] * edges[1:]))
    level, total, frames = np.zeros(bands), np.zeros(bands), 0
    scale = 2 / hann(size).sum()
    for magnitudes in spectra_of(mid, size, hop):
        smoothed_levels(magnitudes, first, last, scale, weights, level, total, frames > 0)
        frames += len(magnitudes)
    return {"levelsDb": total / frames}


# Equaliser


@njit(cache=True)
def bin_gains(powers, band_of, counts, weights, scale, gains_db, gains):
    bands = len(counts)
    energy = np.empty(bands)
    product = np.empty(bands)
    change = np.empty(bands)
    for frame in range(powers.shape[0]):
        energy[:] = 0
        product[:] = 1
        for bin in range(powers.shape[1]):
            band = band_of[bin]
            product[band] *= max(powers[frame, bin] * scale, FLOOR * FLOOR)
            if product[band] < 1e-250 or product[band] > 1e250:
                energy[band] += np.log10(product[band])
                product[band] = 1
        for band in range(bands):
            energy[band] = 10 * (energy[band] + np.log10(product[band])) / counts[band]
        target = energy.mean()
        mask = max(energy.max() - 20, -80.0)
        for band in range(bands):
            gain = weights[band] * (target - energy[band])
            if energy[band] < mask:
                gain /= 2
            gain = min(12.0, max(-12.0, gain))
            gains_db[band] = 0.8 * gains_db[band] + 0.2 * gain
            change[band] = 10 ** (gains_db[band] / 20)
        for bin in range(powers.shape[1]):
            gains[frame, bin] = change[band_of[bin]]


@njit(cache=True)
def overlap_add(frames, window, hop, first, out):
    size = len(window)
    for frame in range(frames.shape[0]):
        start = (first + frame) * hop
        for n in range(size):
            out[start + n] += frames[frame, n] * window[n]


def band_weight(centre):
    if 1000 <= centre < 4000:
        return 1.0
    if 300 <= centre < 8000:
        return 0.8
    if 100 <= centre < 16000:
        return 0.6
    return 0.3


def equaliser(channels, rate, batch=128):
    size, hop = 4096, 2048
    window = hann(size)
    bins = np.arange(size // 2 + 1) * rate / size
    band_of = np.minimum(np.searchsorted(EDGES, bins, side="right") - 1, 24)
    used, band_of = np.unique(band_of, return_inverse=True)
    counts = np.bincount(band_of).astype(np.float64)
    weights = np.array([band_weight((EDGES[band] + EDGES[band + 1]) / 2) for band in used])
    scale = (2 / window.sum()) ** 2
    length = channels.shape[1]
    padded = np.zeros((len(channels), hop + -(-length // hop) * hop + hop), np.float32)
    padded[:, hop : hop + length] = channels
    out = np.zeros((len(channels), padded.shape[1]), np.float32)
    gains_db = np.zeros(len(used))
    views = [frames_of(channel, size, hop) for channel in padded]
    for first in range(0, len(views[0]), batch):
        spectra = [fft.rfft(view[first : first + batch] * window) for view in views]
        powers = sum(s.real**2 + s.imag**2 for s in spectra) / len(spectra)
        gains = np.empty_like(powers)
        bin_gains(powers, band_of, counts, weights, scale, gains_db, gains)
        for channel, s in enumerate(spectra):
            overlap_add(fft.irfft(s * gains), window, hop, first, out[channel])
    norm = window[:hop] ** 2 + window[hop:] ** 2
    out /= np.tile(norm, padded.shape[1] // hop)
    return out[:, hop : hop + length]


# Envelope, compressor, limiter


def per_sample(milliseconds, rate):
    return float(np.exp(-1 / (milliseconds * 1e-3 * rate)))


@njit(cache=True)
def follow(x, attack, release):
    level, total, highest = 0.0, 0.0, 0.0
    for sample in x:
        now = abs(sample)
        level = now + (level - now) * (attack if now > level else release)
        total += level
        highest = max(highest, level)
    return total, highest


def envelope(channels, rate):
    found = [follow(channel, per_sample(10, rate), per_sample(100, rate)) for channel in channels]
    return {"mean": sum(total for total, _ in found) / channels.size, "highest": max(high for _, high in found)}


@njit(cache=True)
def compress(channels, attack, release, threshold, ratio, knee, lookahead, out):
    level, slope = 0.0, 1 / ratio - 1
    start = 10 ** ((threshold - knee / 2) / 20)
    length = channels.shape[1]
    for n in range(length + lookahead):
        peak = 0.0
        if n < length:
            for channel in range(channels.shape[0]):
                peak = max(peak, abs(channels[channel, n]))
        level = peak + (level - peak) * (attack if peak > level else release)
        gain = 1.0
        if level > start:
            over = 20 * np.log10(level) - threshold
            if 2 * over >= knee:
                gain = 10 ** (slope * over / 20)
            else:
                gain = 10 ** (slope * (over + knee / 2) ** 2 / (2 * knee) / 20)
        if n >= lookahead:
            for channel in range(channels.shape[0]):
                out[channel, n - lookahead] = channels[channel, n - lookahead] * gain


def compressor(channels, rate):
    out = np.empty_like(channels)
    compress(channels, per_sample(10, rate), per_sample(100, rate), -18.0, 4.0, 2.0, int(0.005 * rate + 0.5), out)
    return out


@njit(cache=True)
def interpolated_peaks(channels, table, delay, peaks):
    """The largest magnitude at and between the samples, of all channels."""
    phases, taps = table.shape
    for channel in range(channels.shape[0]):
        x = channels[channel]
        for n in range(len(peaks)):
            at = n - delay
            if 0 <= at < len(x):
                peaks[n] = max(peaks[n], abs(x[at]))
            first = max(0, n - taps + 1)
            last = min(n, len(x) - 1)
            for phase in range(phases):
                total = np.float32(0)
                for m in range(first, last + 1):
                    total += x[m] * table[phase, n - m]
                peaks[n] = max(peaks[n], abs(total))


@njit(cache=True)
def limiter_gains(peaks, window, smoothing, ceiling, release, gains):
    """Held peaks by a monotonic deque, their release, and the mean of the last of these."""
    held = np.empty(window + 1, np.int64)
    head = size = 0
    recent = np.ones(smoothing)
    total, released, oldest = float(smoothing), 1.0, 0
    for n in range(len(peaks)):
        while size > 0 and peaks[held[(head + size - 1) % (window + 1)]] <= peaks[n]:
            size -= 1
        held[(head + size) % (window + 1)] = n
        size += 1
        if held[head] <= n - window:
            head = (head + 1) % (window + 1)
            size -= 1
        most = peaks[held[head]]
        needed = ceiling / most if most > ceiling else 1.0
        released = min(needed, (1 - release) * needed + release * released)
        total += released - recent[oldest]
        recent[oldest] = released
        oldest = oldest + 1 if oldest + 1 < smoothing else 0
        gains[n] = total / smoothing


@njit(cache=True)
def apply_gains(channels, gains, delay, ceiling, out):
    for channel in range(channels.shape[0]):
        for n in range(channels.shape[1]):
            y = channels[channel, n] * gains[n + delay]
            out[channel, n] = min(ceiling, max(-ceiling, y))


def limiter(channels, rate, table):
    """`table` holds the taps of the points between two samples; without rows only the samples count."""
    latency = int(0.005 * rate + 0.5)
    delay = table.shape[1] // 2 if len(table) else 0
    # With true peaks 0.05 dB are kept free, and the gain stands still for as long as one is known later.
    ceiling = 10 ** ((-1.05 if len(table) else -1) / 20)
    length = channels.shape[1]
    lookahead = latency - delay
    peaks = np.zeros(length + latency, np.float32)
    if len(table):
        interpolated_peaks(channels, table, delay, peaks)
    else:
        np.abs(channels).max(axis=0, out=peaks[:length])
    gains = np.empty(len(peaks), np.float32)
    limiter_gains(peaks, lookahead + delay + 1, lookahead - delay + 1, ceiling, per_sample(50, rate), gains)
    out = np.empty_like(channels)
    apply_gains(channels, gains, latency, ceiling, out)
    return out


def output(channels, target_db=-14.0, ceiling_db=-1.0):
    """The one gain that brings the sound to its level but no peak over the ceiling."""
    squares, peak = sums(channels)
    if peak == 0:
        return 1.0
    rms = np.sqrt(squares / channels.size)
    return min(10 ** (target_db / 20) / rms, 10 ** (ceiling_db / 20) / peak)


def run(channels, rate, table):
    """Every stage once; milliseconds and findings by stage, and the sound."""
    times, found = {}, {}

    def timed(name, work):
        began = time.perf_counter()
        result = work()
        times[name] = (time.perf_counter() - began) * 1000
        return result

    found["content"] = timed("content", lambda: content(channels, rate))
    found["spectrum"] = timed("spectrum", lambda: spectrum(channels, rate))
    sound = timed("equaliser", lambda: equaliser(channels, rate))
    found["envelope"] = timed("envelope", lambda: envelope(sound, rate))
    sound = timed("compressor", lambda: compressor(sound, rate))
    sound = timed("limiter", lambda: limiter(sound, rate, table))
    gain = timed("output", lambda: output(sound))
    return times, found, sound * np.float32(gain)


def main():
    recording, facts_path, sound_path, table_path = sys.argv[1:5]
    rate, samples = wavfile.read(recording)
    channels = np.ascontiguousarray(samples.T.astype(np.float32))
    rows = json.load(open(table_path))
    table = np.array(rows, np.float32) if rows else np.zeros((0, 0), np.float32)
    run(np.ascontiguousarray(channels[:, :rate]), rate, table)
    times, found, sound = run(channels, rate, table)
    sound.T.astype(np.float32).tofile(sound_path)
    plain = lambda value: value.tolist() if hasattr(value, "tolist") else value
    json.dump({"times": times, "found": found}, open(facts_path, "w"), default=plain)


main()
