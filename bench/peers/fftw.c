/* FFTW's real transform in single precision on one thread, as many times as each line of input says.
   First prints the bins 1 and 292, so that both sides know that they do the same; then, for each line, the nanoseconds. */
#include <fftw3.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#define SIZE 2048

static double nanoseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

int main(void) {
  float *samples = fftwf_alloc_real(SIZE);
  fftwf_complex *bins = fftwf_alloc_complex(SIZE / 2 + 1);
  /* Measuring overwrites the samples, so they come after it. */
  fftwf_plan plan = fftwf_plan_dft_r2c_1d(SIZE, samples, bins, FFTW_MEASURE);
  for (int64_t n = 0; n < SIZE; n++)
    samples[n] = (float)((((n * n) % 65537) * 7919 + n * 10729) % 65537) / 32768.0f - 1.0f;

  fftwf_execute(plan);
  printf("%.9g %.9g %.9g %.9g\n", bins[1][0], bins[1][1], bins[292][0], bins[292][1]);
  fflush(stdout);

  long transforms;
  while (scanf("%ld", &transforms) == 1) {
    double began = nanoseconds();
    for (long k = 0; k < transforms; k++) fftwf_execute(plan);
    printf("%.0f\n", nanoseconds() - began);
    fflush(stdout);
  }
  fftwf_destroy_plan(plan);
  fftwf_free(bins);
  fftwf_free(samples);
  return 0;
}
