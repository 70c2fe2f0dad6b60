"""The mastering chain of src/pipelines/mastering with NumPy, SciPy and Numba: the same definitions over whole arrays.

usage: mastering.py RECORDING.wav FACTS.json OUTPUT.f32 TABLE.json

Reads a float WAV, compiles every loop on its first second, then times each stage once over all of it. FACTS.json gets the
milliseconds of each stage and what the stages found; OUTPUT.f32 the mastered samples, interleaved. TABLE.json holds a row
of taps for each point between two samples that the limiter looks at, none where only the samples count.

Loops that Numba shall vectorise stand in functions of their own over one-dimensional arrays: only there does it see
that neither indices nor arrays get in each other's way.
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


def spectra_of(x, size, hop, batch=128):
    """Bins of all frames, some at a time so that they stay in the cache."""
    window = hann(size)
    frames = frames_of(x, size, hop)
    for first in range(0, len(frames), batch):
        yield fft.rfft(frames[first : first + batch] * window)


def side_by_side(channels):
    """Pairs of channels for loops whose every step waits for the one before: two at once take as long as one."""
    for first in range(0, len(channels), 2):
        left = channels[first]
        yield left, channels[first + 1] if first + 1 < len(channels) else np.zeros_like(left)


@njit(cache=True, fastmath=True)
def sum_of_squares(x):
    total = 0.0
    for n in range(len(x)):
        total += x[n] * x[n]
    return total


@njit(cache=True, fastmath=True)
def highest(x):
    most = np.float32(0)
    for n in range(len(x)):
        size = abs(x[n])
        most = size if size > most else most
    return most


@njit(cache=True, fastmath=True)
def raise_to(peaks, x):
    for n in range(len(peaks)):
        size = abs(x[n])
        peaks[n] = size if size > peaks[n] else peaks[n]


# Content analysis


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


@njit(cache=True, fastmath=True)
def magnitudes_of(bins, magnitudes):
    for bin in range(len(bins)):
        magnitudes[bin] = np.sqrt(bins[bin].real * bins[bin].real + bins[bin].imag * bins[bin].imag)


@njit(cache=True, fastmath=True)
def add_rise(magnitudes, before, mean):
    """By how much the bins rose together; adds them to their sums."""
    rise = 0.0
    for bin in range(len(magnitudes)):
        change = magnitudes[bin] - before[bin]
        rise += change if change > 0 else np.float32(0)
        mean[bin] += magnitudes[bin]
    return rise


@njit(cache=True, fastmath=True)
def rising_flux(spectra, rows, mean, flux):
    """`rows` holds the magnitudes of the frame before in its first row, and changes them with those of its second."""
    for frame in range(len(spectra)):
        magnitudes_of(spectra[frame], rows[1])
        flux[frame] = add_rise(rows[1], rows[0], mean)
        rows[0] = rows[1]


def window_powers(channels, rate):
    """Mean squares of a second, every half second: each half is summed once."""
    half = rate // 2
    count = channels.shape[1] // half
    halves = np.array([sum(sum_of_squares(c[n * half : (n + 1) * half]) for c in channels) for n in range(count)])
    return (halves[:-1] + halves[1:]) / (2 * half * len(channels))


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


@njit(cache=True, fastmath=True)
def weighted_steps(left, right, sos, hop, steps):
    """Adds the squares of both channels behind two filters, step by step."""
    b0, b1, b2, _, a1, a2 = sos[0]
    c0, c1, c2, _, d1, d2 = sos[1]
    lu = lv = lw = lz = ru = rv = rw = rz = 0.0
    for step in range(len(steps)):
        total = 0.0
        for n in range(step * hop, (step + 1) * hop):
            l, r = left[n], right[n]
            lx, rx = b0 * l + lu, b0 * r + ru
            lu, ru = b1 * l - a1 * lx + lv, b1 * r - a1 * rx + rv
            lv, rv = b2 * l - a2 * lx, b2 * r - a2 * rx
            ly, ry = c0 * lx + lw, c0 * rx + rw
            lw, rw = c1 * lx - d1 * ly + lz, c1 * rx - d1 * ry + rz
            lz, rz = c2 * lx - d2 * ly, c2 * rx - d2 * ry
            total += ly * ly + ry * ry
        steps[step] += total


def loudness(channels, rate):
    """Integrated loudness in LUFS: blocks of 400 ms every 100 ms, gated at −70 LUFS and 10 LU below their mean."""
    hop = int(rate / 10 + 0.5)
    steps = np.zeros(channels.shape[1] // hop)
    for left, right in side_by_side(channels):
        weighted_steps(left, right, k_weighting(rate), hop, steps)
    if len(steps) < 4:
        return None
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
    peak = max(highest(channel) for channel in channels)
    rms = np.sqrt(sum(sum_of_squares(channel) for channel in channels) / channels.size)
    size, hop = 1024, 512
    flux, rows, mean = [], np.zeros((2, size // 2 + 1), np.float32), np.zeros(size // 2 + 1)
    for spectra in spectra_of(mid, size, hop):
        part = np.empty(len(spectra))
        rising_flux(spectra, rows, mean, part)
        flux.append(part)
    flux = np.concatenate(flux)
    flux[0] = 0
    bins = np.arange(size // 2 + 1) * rate / size
    energy = np.cumsum(mean**2)
    width = 0.0
    if len(channels) == 2:
        ll, rr, lr = products(channels[0], channels[1])
        width = 1 - abs(lr / np.sqrt(ll * rr)) if ll * rr > 0 else 0.0
    powers = window_powers(channels, rate)
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


@njit(cache=True, fastmath=True)
def sum_of(x):
    total = np.float32(0)
    for n in range(len(x)):
        total += x[n]
    return total


@njit(cache=True, fastmath=True)
def smoothed_levels(spectra, magnitudes, first, last, scale, weights, level, total, started):
    for frame in range(len(spectra)):
        magnitudes_of(spectra[frame], magnitudes)
        for band in range(len(first)):
            mean = sum_of(magnitudes[first[band] : last[band]]) * scale / (last[band] - first[band])
            now = 20 * np.log10(max(mean, FLOOR)) + weights[band]
            level[band] = 0.8 * level[band] + 0.2 * now if started else now
            total[band] += level[band]
        started = True


def spectrum(channels, rate):
    size, hop, bands = 4096, 1024, 64
    mid = channels.mean(axis=0)
    edges = 20 * (20000 / 20) ** (np.arange(bands + 1) / bands)
    # No band begins where the rate can't reach.
    bands = np.count_nonzero(edges[:-1] < rate / 2)
    edges = edges[: bands + 1]
    bin_hz = rate / size
    first = np.minimum(edges[:-1] // bin_hz, size // 2).astype(np.int64)
    last = np.minimum(np.maximum(edges[1:] // bin_hz, first + 1), size // 2 + 1).astype(np.int64)
    weights = a_weighting(np.sqrt(edges[:-1] * edges[1:]))
    level, total, frames = np.zeros(bands), np.zeros(bands), 0
    scale, magnitudes = 2 / hann(size).sum(), np.empty(size // 2 + 1, np.float32)
    for spectra in spectra_of(mid, size, hop):
        smoothed_levels(spectra, magnitudes, first, last, scale, weights, level, total, frames > 0)
        frames += len(spectra)
    return {"levelsDb": total / frames}


# Equaliser


@njit(cache=True, fastmath=True)
def add_powers(bins, scale, powers):
    for bin in range(len(powers)):
        powers[bin] += (bins[bin].real * bins[bin].real + bins[bin].imag * bins[bin].imag) * scale


@njit(cache=True, fastmath=True)
def mean_log10(powers):
    """Of eight at a time one logarithm is taken: their product can neither vanish nor overflow."""
    total = 0.0
    whole = len(powers) // 8 * 8
    for first in range(0, whole, 8):
        product = 1.0
        for n in range(first, first + 8):
            product *= max(powers[n], FLOOR * FLOOR)
        total += np.log10(product)
    product = 1.0
    for n in range(whole, len(powers)):
        product *= max(powers[n], FLOOR * FLOOR)
    return (total + np.log10(product)) / len(powers)


@njit(cache=True, fastmath=True)
def multiply(bins, factor):
    for bin in range(len(bins)):
        bins[bin] *= factor


@njit(cache=True, fastmath=True)
def equalise_bins(spectra, edges, weights, scale, gains_db):
    """`spectra` by channel, frame and bin; a band goes from one of the edges to the next, in bins."""
    channels, frames, bins = spectra.shape
    bands = len(weights)
    powers = np.empty(bins, np.float32)
    energy = np.empty(bands)
    for frame in range(frames):
        powers[:] = 0
        for channel in range(channels):
            add_powers(spectra[channel, frame], np.float32(scale / channels), powers)
        for band in range(bands):
            energy[band] = 10 * mean_log10(powers[edges[band] : edges[band + 1]])
        target = energy.mean()
        mask = max(energy.max() - 20, -80.0)
        for band in range(bands):
            gain = weights[band] * (target - energy[band])
            if energy[band] < mask:
                gain /= 2
            gain = min(12.0, max(-12.0, gain))
            gains_db[band] = 0.8 * gains_db[band] + 0.2 * gain
            for channel in range(channels):
                in_band = spectra[channel, frame, edges[band] : edges[band + 1]]
                multiply(in_band, np.float32(10 ** (gains_db[band] / 20)))


@njit(cache=True, fastmath=True)
def add_windowed(out, frame, window):
    for n in range(len(window)):
        out[n] += frame[n] * window[n]


@njit(cache=True)
def overlap_add(frames, window, hop, first, out):
    for frame in range(len(frames)):
        add_windowed(out[(first + frame) * hop :], frames[frame], window)


def band_weight(centre):
    if 1000 <= centre < 4000:
        return 1.0
    if 300 <= centre < 8000:
        return 0.8
    if 100 <= centre < 16000:
        return 0.6
    return 0.3


def equaliser(channels, rate, batch=32):
    size, hop = 4096, 2048
    window = hann(size)
    bins = np.arange(size // 2 + 1) * rate / size
    band_of = np.minimum(np.searchsorted(EDGES, bins, side="right") - 1, 24)
    used, first_bins = np.unique(band_of, return_index=True)
    edges = np.append(first_bins, len(bins))
    weights = np.array([band_weight((EDGES[band] + EDGES[band + 1]) / 2) for band in used])
    scale = (2 / window.sum()) ** 2
    length = channels.shape[1]
    padded = np.zeros((len(channels), hop + -(-length // hop) * hop + hop), np.float32)
    padded[:, hop : hop + length] = channels
    out = np.zeros((len(channels), padded.shape[1]), np.float32)
    gains_db = np.zeros(len(used))
    # The windows of two frames lie over each sample.
    norm = np.tile(window[:hop] ** 2 + window[hop:] ** 2, 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, size, axis=1)[:, ::hop]
    for first in range(0, frames.shape[1], batch):
        spectra = fft.rfft(frames[:, first : first + batch] * window)
        equalise_bins(spectra, edges, weights, scale, gains_db)
        for channel, sound in enumerate(fft.irfft(spectra, overwrite_x=True)):
            overlap_add(sound, window / norm, hop, first, out[channel])
    return out[:, hop : hop + length]


# Envelope, compressor, limiter


def per_sample(milliseconds, rate):
    return float(np.exp(-1 / (milliseconds * 1e-3 * rate)))


@njit(cache=True, fastmath=True)
def follow(left, right, attack, release):
    """Sums and highest levels of two channels side by side."""
    l = r = total = l_most = r_most = 0.0
    for n in range(len(left)):
        x, y = np.float64(abs(left[n])), np.float64(abs(right[n]))
        l = x + (l - x) * (attack if x > l else release)
        r = y + (r - y) * (attack if y > r else release)
        total += l + r
        l_most = l if l > l_most else l_most
        r_most = r if r > r_most else r_most
    return total, max(l_most, r_most)


def envelope(channels, rate):
    pairs = side_by_side(channels)
    found = [follow(left, right, per_sample(10, rate), per_sample(100, rate)) for left, right in pairs]
    return {"mean": sum(total for total, _ in found) / channels.size, "highest": max(high for _, high in found)}


@njit(cache=True, fastmath=True)
def levels_of(peaks, attack, release, level):
    """The level of each peak, in place of it; gives the last."""
    for n in range(len(peaks)):
        peak = np.float64(peaks[n])
        level = peak + (level - peak) * (attack if peak > level else release)
        peaks[n] = level
    return level


@njit(cache=True, fastmath=True)
def gains_of(levels, threshold, ratio, knee):
    """The gain of each level, in place of it. Thresholds in nepers, so that logarithm and exponential need no factor."""
    slope = np.float32(1 / ratio - 1)
    middle = np.float32(threshold * np.log(10) / 20)
    half = np.float32(knee / 2 * np.log(10) / 20)
    start = np.exp(middle - half)
    for n in range(len(levels)):
        gain = np.float32(1)
        if levels[n] > start:
            over = np.log(levels[n]) - middle
            gain = np.exp(slope * (over if over >= half else (over + half) ** 2 / (4 * half)))
        levels[n] = gain


@njit(cache=True, fastmath=True)
def multiplied(x, gains, out):
    for n in range(len(out)):
        out[n] = x[n] * gains[n]


def compressor(channels, rate, chunk=16384):
    attack, release = per_sample(10, rate), per_sample(100, rate)
    lookahead = int(0.005 * rate + 0.5)
    length = channels.shape[1]
    gains = np.zeros(length + lookahead, np.float32)
    out = np.empty_like(channels)
    level = 0.0
    for first in range(0, len(gains), chunk):
        here = gains[first : first + chunk]
        for channel in channels:
            raise_to(here[: max(0, length - first)], channel[first:])
        level = levels_of(here, attack, release, level)
        gains_of(here, -18.0, 4.0, 2.0)
        start, end = max(0, first - lookahead), first + len(here) - lookahead
        for channel, louder in zip(channels, out):
            multiplied(channel[start:], gains[start + lookahead :], louder[start:end])
    return out


@njit(cache=True, fastmath=True)
def add_four(sums, a, b, c, d, w, x, y, z):
    for n in range(len(sums)):
        sums[n] += a * w[n] + b * x[n] + c * y[n] + d * z[n]


@njit(cache=True)
def raise_to_interpolated(peaks, padded, table, size):
    """The largest magnitude between the samples; `padded` has a row of taps less one in front, `table` its taps reversed."""
    phases, taps = table.shape
    buffer = np.empty(size, np.float32)
    for first in range(0, len(peaks), size):
        here = peaks[first : first + size]
        sums = buffer[: len(here)]
        for phase in range(phases):
            sums[:] = 0
            for tap in range(0, taps, 4):
                a, b, c, d = table[phase, tap], table[phase, tap + 1], table[phase, tap + 2], table[phase, tap + 3]
                x = padded[first + tap :]
                add_four(sums, a, b, c, d, x, x[1:], x[2:], x[3:])
            raise_to(here, sums)


def true_peaks(channels, table, extra, size=1024):
    """The largest magnitude at and between the samples, of all channels: half a row of taps late, and `extra` frames more."""
    taps = table.shape[1]
    length = channels.shape[1]
    peaks = np.zeros(length + extra, np.float32)
    padded = np.zeros(len(peaks) + taps, np.float32)
    for channel in channels:
        raise_to(peaks[taps // 2 : taps // 2 + length], channel)
        padded[taps - 1 : taps - 1 + length] = channel
        raise_to_interpolated(peaks, padded, table, size)
    return peaks


@njit(cache=True, fastmath=True)
def held_peaks(peaks, window, held):
    """The largest of the last `window` peaks, by van Herk: within a stretch, and from the end of the one before."""
    from_end = np.zeros(window + 1, np.float32)
    for first in range(0, len(peaks), window):
        count = min(window, len(peaks) - first)
        most = np.float32(0)
        for n in range(count):
            most = max(most, peaks[first + n])
            held[first + n] = max(most, from_end[n + 1])
        most = np.float32(0)
        for n in range(count - 1, -1, -1):
            most = max(most, peaks[first + n])
            from_end[n] = most


@njit(cache=True, fastmath=True)
def released_gains(held, smoothing, ceiling, release, gains):
    """What held peaks need, its release, and the mean of the last of these."""
    recent = np.ones(smoothing)
    total, released, oldest = float(smoothing), 1.0, 0
    for n in range(len(held)):
        needed = ceiling / max(held[n], ceiling)
        released = min(needed, (1 - release) * needed + release * released)
        total += released - recent[oldest]
        recent[oldest] = released
        oldest = oldest + 1 if oldest + 1 < smoothing else 0
        gains[n] = total / smoothing


@njit(cache=True, fastmath=True)
def limited(x, gains, ceiling, out):
    for n in range(len(out)):
        y = x[n] * gains[n]
        out[n] = min(ceiling, max(-ceiling, y))


def sample_peaks(channels, extra):
    peaks = np.zeros(channels.shape[1] + extra, np.float32)
    for channel in channels:
        raise_to(peaks[: channels.shape[1]], channel)
    return peaks


def limiter(channels, rate, table):
    """`table` holds the taps of the points between two samples; without rows only the samples count."""
    latency = int(0.005 * rate + 0.5)
    delay = table.shape[1] // 2 if len(table) else 0
    # With true peaks 0.05 dB are kept free, and the gain stands still for as long as one is known later.
    ceiling = 10 ** ((-1.05 if len(table) else -1) / 20)
    lookahead = latency - delay
    peaks = true_peaks(channels, table, latency) if len(table) else sample_peaks(channels, latency)
    held = np.empty_like(peaks)
    held_peaks(peaks, lookahead + delay + 1, held)
    released_gains(held, lookahead - delay + 1, ceiling, per_sample(50, rate), peaks)
    out = np.empty_like(channels)
    for channel, quieter in zip(channels, out):
        limited(channel, peaks[latency:], np.float32(ceiling), quieter)
    return out


def output(channels, table, target_db=-14.0, ceiling_db=-1.0):
    """The one gain that brings the sound to its level but no peak, at or between the samples, over the ceiling."""
    peak = highest(true_peaks(channels, table, table.shape[1])) if len(table) else max(map(highest, channels))
    if peak == 0:
        return {"gainDb": 0.0, "rms": 0.0, "peak": 0.0}
    rms = np.sqrt(sum(map(sum_of_squares, channels)) / channels.size)
    gain = min(10 ** (target_db / 20) / rms, 10 ** (ceiling_db / 20) / peak)
    return {"gainDb": 20 * np.log10(gain), "rms": gain * rms, "peak": gain * peak}


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
    found["output"] = timed("output", lambda: output(sound, table))
    return times, found, sound * np.float32(10 ** (found["output"]["gainDb"] / 20))


def main():
    recording, facts_path, sound_path, table_path = sys.argv[1:5]
    rate, samples = wavfile.read(recording)
    channels = np.ascontiguousarray(samples.T.astype(np.float32))
    rows = json.load(open(table_path))
    # Reversed once, so that the loops go through samples and taps in the same direction.
    table = np.ascontiguousarray(np.array(rows, np.float32)[:, ::-1]) if rows else np.zeros((0, 0), np.float32)
    run(np.ascontiguousarray(channels[:, :rate]), rate, table)
    times, found, sound = run(channels, rate, table)
    sound.T.astype(np.float32).tofile(sound_path)
    plain = lambda value: value.tolist() if hasattr(value, "tolist") else value
    json.dump({"times": times, "found": found}, open(facts_path, "w"), default=plain)


main()
