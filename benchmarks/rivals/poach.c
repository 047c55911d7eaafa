/* poach-bench in C, sparse, on a stream of draws: the reference for what the machine can do with this model.

   One Poisson process over the line of researchers strikes them in their order. Whoever is struck gathers the offers,
   each lab at most once, and chooses at once by a race of exponentials on the shares at the month's start. Pay is kept
   in wages of the first month and sums by lab are kept up to date, so that no month touches everyone. */
#include <math.h>
#include <stdint.h>
#include <string.h>

#define MOST_LABS 16

typedef struct { float money, mission; double pay; int32_t lab; } Person;

typedef struct {
    int64_t people, labs, months;
    uint64_t state[4];
    double rates[MOST_LABS];
    double premium_mu, premium_sigma, size, staying, growth;
    double fit[MOST_LABS * MOST_LABS];
} Market;

static inline uint64_t turn(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

/* xoshiro256+ (Blackman and Vigna 2018). */
static inline uint64_t next(uint64_t *s)
{
    const uint64_t result = s[0] + s[3], t = s[1] << 17;
    s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3];
    s[2] ^= t; s[3] = turn(s[3], 45);
    return result;
}

static inline float unit(uint64_t *s) { return ((next(s) >> 41) + 0.5f) * 0x1p-23f; }

/* Standard normal by the polar method (Marsaglia and Bray 1964). */
static inline float normal(uint64_t *s)
{
    float x, y, r;
    do {
        const uint64_t word = next(s);
        x = (int32_t)(word >> 32) * 0x1p-31f;
        y = (int32_t)word * 0x1p-31f;
        r = x * x + y * y;
    } while (r >= 1.0f || r == 0.0f);
    return x * sqrtf(-2.0f * logf(r) / r);
}

/* headcount (T, L), paid (T, L) and flows (T, L, L) are written; paid and headcount begin with the first month's. */
void run(Market *market, Person *people, int64_t *first_headcount, double *first_paid,
         int64_t *headcount, double *paid, int64_t *flows)
{
    const int64_t labs = market->labs, count = market->people;
    uint64_t s[4];
    memcpy(s, market->state, sizeof s);
    int64_t heads[MOST_LABS];
    double pays[MOST_LABS], total = 0.0;
    float until[MOST_LABS], pull[MOST_LABS * MOST_LABS], fit[MOST_LABS * MOST_LABS];
    memcpy(heads, first_headcount, labs * sizeof *heads);
    memcpy(pays, first_paid, labs * sizeof *pays);
    for (int64_t l = 0; l < labs; l++) { total += market->rates[l]; until[l] = total; }
    for (int64_t l = 0; l < labs; l++) until[l] /= total;
    for (int64_t k = 0; k < labs * labs; k++) fit[k] = market->fit[k] - 1.0;
    const double per_rate = 1.0 / total;
    const float mu = market->premium_mu, sigma = market->premium_sigma;
    double wages = 1.0;
    for (int64_t month = 0; month < market->months; month++) {
        int64_t *flow = flows + month * labs * labs;
        for (int64_t h = 0; h < labs; h++)
            for (int64_t l = 0; l < labs; l++)
                pull[h * labs + l] = market->size * (heads[l] - heads[h]) / count - market->staying;
        wages *= market->growth;
        double place = -logf(unit(s)) * per_rate;
        while (place < count) {
            const int64_t who = (int64_t)place;
            Person *person = people + who;
            const int64_t home = person->lab;
            uint32_t called = 1u << home;
            float shortest = -1.0f, best_premium = 0.0f;
            int64_t best = -1;
            do {
                const float lot = unit(s);
                int64_t lab = 0;
                while (lab < labs - 1 && lot >= until[lab]) lab++;
                if (!(called >> lab & 1u)) {
                    called |= 1u << lab;
                    const float premium = mu + sigma * normal(s);
                    const int64_t pair = home * labs + lab;
                    const float value = person->money * premium + person->mission * fit[pair] + pull[pair];
                    const float time = -logf(unit(s)) * expf(-value);
                    if (best < 0 || time < shortest) { shortest = time; best = lab; best_premium = premium; }
                }
                place += -logf(unit(s)) * per_rate;
            } while (place < who + 1);
            if (best >= 0 && shortest < -logf(unit(s))) {
                flow[home * labs + best]++;
                pays[home] -= person->pay;
                person->pay *= exp(best_premium) / market->growth; /* whoever moves has no growth this month */
                pays[best] += person->pay;
                person->lab = best;
            }
        }
        for (int64_t h = 0; h < labs; h++)
            for (int64_t l = 0; l < labs; l++) { heads[h] -= flow[h * labs + l]; heads[l] += flow[h * labs + l]; }
        for (int64_t l = 0; l < labs; l++) {
            headcount[month * labs + l] = heads[l];
            paid[month * labs + l] = pays[l] * wages;
        }
    }
}
