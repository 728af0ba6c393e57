package secrets

import (
	"crypto/rand"
	"encoding/binary"
	"iter"
	"math/big"
	"math/bits"
	"slices"
)

// Choice returns a uniformly random element of s. If all elements of s differ, it has
// log₂(len(s)) bits of entropy.
//
// It panics if s is empty.
func Choice[S ~[]E, E any](s S) E {
	if len(s) == 0 {
		panic("secrets: Choice: empty slice")
	}
	return s[RandBelow(len(s))]
}

// Choices returns a new slice of k elements, drawn uniformly from s with replacement: an
// element may appear more than once. If all elements of s differ, the result has
// k·log₂(len(s)) bits of entropy: six of 7,776 words have 77.5.
//
// It panics if k < 0, or if s is empty and k > 0.
func Choices[S ~[]E, E any](s S, k int) S {
	if k < 0 {
		panic("secrets: Choices: k < 0")
	}
	if len(s) == 0 && k > 0 {
		panic("secrets: Choices: empty slice")
	}
	r := make(S, k)
	for i, j := range numbers(uint64(len(s)), 0, k) {
		r[i] = s[j]
	}
	return r
}

// Sample returns a new slice of k elements, drawn uniformly from s without replacement, in
// random order. If all n elements of s differ, the result has log₂(n!/(n-k)!) bits of
// entropy: six of 49 numbers have 33.2. Sample does not change s. Its time and memory
// grow with k, not with len(s).
//
// It panics if k < 0 or k > len(s).
func Sample[S ~[]E, E any](s S, k int) S {
	if k < 0 {
		panic("secrets: Sample: k < 0")
	}
	if k > len(s) {
		panic("secrets: Sample: k > len(s)")
	}
	// Let c be a copy of s. For each i below k, swap c[i] with a random element of c[i:].
	// Then c[:k] is the sample: each sequence of swaps gives another sample. These are the
	// first k steps of a Fisher–Yates shuffle. To copy only k elements, r stands for c[:k],
	// and moved[j] is c[j], for each j >= k that has been swapped.
	r := append(make(S, 0, k), s[:k]...)
	moved := map[int]E{}
	for i, d := range numbers(uint64(len(s)), 1, k) {
		if j := i + d; j < k {
			r[i], r[j] = r[j], r[i]
		} else if e, ok := moved[j]; ok {
			r[i], moved[j] = e, r[i]
		} else {
			r[i], moved[j] = s[j], r[i]
		}
	}
	return r
}

// Shuffle randomizes the order of the elements of s. All orders are equally likely. The
// order of n different elements has log₂(n!) bits of entropy: 52 cards have 225.6.
//
// If the random source makes Shuffle panic, s may be partly shuffled.
func Shuffle[S ~[]E, E any](s S) {
	// Fisher–Yates: for each index from the last to the first, swap its element with a
	// random one at or before it. Each sequence of swaps gives another order. See Knuth,
	// The Art of Computer Programming, volume 2, section 3.4.2, algorithm P.
	for i, j := range numbers(uint64(len(s)), 1, len(s)) {
		last := len(s) - 1 - i
		s[last], s[j] = s[j], s[last]
	}
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// RandBelow returns a uniform random number in [0,n). It has log₂(n) bits of entropy:
// RandBelow(1_000_000) has 19.9. N is any integer type, or a type defined on one, such
// as [time.Duration].
//
// The result is below n, so it is never the largest value of N. To draw from all
// of uint64, use SystemRandom{}.Uint64(). For an n of more than 64 bits, use [RandBelowBig].
//
// It panics if n <= 0.
func RandBelow[N integer](n N) N {
	if n <= 0 {
		panic("secrets: RandBelow: n <= 0")
	}
	var w words
	v, _ := bits.Mul64(w.next(uint64(n), 1), uint64(n))
	return N(v)
}

// RandBelowBig returns a uniform random number in [0,n), as a new Int. It has log₂(n) bits
// of entropy. RandBelowBig does not change n.
//
// It panics if n <= 0, and with a runtime error if n is nil.
func RandBelowBig(n *big.Int) *big.Int {
	if n.Sign() <= 0 {
		panic("secrets: RandBelowBig: n <= 0")
	}
	// The result is the first random number of k bits that is below n. k is the smallest
	// with n <= 2^k, so more than half of the numbers in [0,2^k) are below n.
	k := n.BitLen()
	if n.TrailingZeroBits() == uint(k-1) {
		k-- // n is a power of two.
	}
	// crypto/rand.Int has no limit on its tries and returns an error, so it is not used.
	for range maxTries {
		if x := RandBits(k); x.Cmp(n) < 0 {
			return x
		}
	}
	panic(stuck)
}

// RandBits returns a uniform random number in [0,2^k), as a new Int. It has k bits of
// entropy. For k up to 62, RandBelow(int64(1)<<k) returns an int64.
//
// It panics if k < 0.
func RandBits(k int) *big.Int {
	if k < 0 {
		panic("secrets: RandBits: k < 0")
	}
	size := int((uint(k) + 7) / 8)
	b := slices.Grow(make([]byte, 0, 64), size)[:size] // on the stack, as in TokenHex
	read(b)
	x := new(big.Int).SetBytes(b)
	return x.Rsh(x, uint(-k)%8) // (-k) mod 8 is the number of surplus bits.
}

// SystemRandom is a source for [math/rand/v2.New]. The methods of that Rand, such as
// Float64 and NormFloat64, draw from crypto/rand:
//
//	r := rand.New(secrets.SystemRandom{}) // #nosec G404 -- it reads crypto/rand.
//	x := r.Float64()
//
// A SystemRandom is safe for concurrent use, but a Rand is not: use a separate Rand in
// each goroutine.
type SystemRandom struct{}

// Uint64 returns a uniform random number in [0,2^64). It has 64 bits of entropy.
func (SystemRandom) Uint64() uint64 {
	var b [8]byte
	read(b[:])
	return binary.BigEndian.Uint64(b[:])
}

// numbers yields i and a random number, for i from 0 to k-1. The numbers are independent,
// and number i is uniform in [0,n-i·step). The step is 0 or 1. Each n-i·step must be
// positive and fit in an int.
func numbers(n, step uint64, k int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		var w words
		for i, bound := 0, n; i < k; {
			m, product := batch(bound, step, k-i)
			x := w.next(product, (k-i-1)/m+1) // (k-i)/m, rounded up

			// Let b₁ to bₘ be the bounds of the batch. The loop computes d₁ to dₘ:
			// x·b₁ = d₁·2^64 + x₁, then x₁·b₂ = d₂·2^64 + x₂, and so on. Multiply each
			// equation by the bounds after its own, and add them all. Then x₁ to xₘ₋₁ cancel
			// out. This leaves x·product = v·2^64 + xₘ, where
			// v = d₁·b₂·…·bₘ + d₂·b₃·…·bₘ + … + dₘ.
			//
			// As each d is below its b, d₁ to dₘ are the digits of v in the mixed radix of
			// the bounds. Each choice of digits belongs to one v in [0,product). next makes v,
			// the upper half of x·product, uniform. So the digits are uniform and independent.
			//
			// See Brackett-Rozinsky and Lemire, “Batched Ranged Random Integer
			// Generation”, Software: Practice and Experience 55 (2025),
			// https://arxiv.org/abs/2408.06213.
			for range m {
				var d uint64
				d, x = bits.Mul64(x, bound)
				if !yield(i, int(d)) {
					return
				}
				i, bound = i+1, bound-step
			}
		}
	}
}

// batch returns how many numbers share one random word, and the product of their bounds:
// n, n-step, and so on. After the first it adds more, up to left in all, while the product
// is at most 2^62. A shared word is then rejected with a probability below 1/4. With a
// limit of 2^64 it could be nearly 1/2.
func batch(n, step uint64, left int) (m int, product uint64) {
	m, product = 1, n
	for bound := n - step; m < left; bound -= step {
		hi, lo := bits.Mul64(product, bound)
		if hi != 0 || lo > 1<<62 {
			break
		}
		m, product = m+1, lo
	}
	return m, product
}

// words reads random words for one call of RandBelow or of numbers.
type words struct {
	buf        [64 + 8]byte // Eight words of eight bytes, and room for the load in next.
	start, end int          // buf[start:end] is still to be used.
}

// next returns a random word x such that the upper half of the 128-bit product x·n is
// uniform in [0,n), for n > 0. count is how many such words the caller expects to need. It
// only decides how many are read at once.
func (w *words) next(n uint64, count int) uint64 {
	if n == 1 {
		return 0
	}
	// The upper bytes of x are random: as many as n-1 needs and one more, but at most eight.
	// The other bits are zeros. Eight random bytes would always do, but they take longer to
	// read, and no test could try every word of them.
	size := min((bits.Len64(n-1)+7)/8+1, 8)
	zeros := 64 - 8*size
	gap := n << zeros // It is below 2^64: n <= 2^(8·size-8), or zeros is 0.
	for range maxTries {
		if w.end-w.start < size {
			w.start, w.end = 0, size*min(count, 8)
			read(w.buf[:w.end])
		}
		x := binary.BigEndian.Uint64(w.buf[w.start:]) >> zeros << zeros
		w.start += size

		// x·n is uniform among the multiples of gap below n·2^64. Let it be v·2^64 + low, and
		// let t = 2^64 mod gap. For each v, the integers from v·2^64+t to v·2^64+2^64-1 are
		// 2^64-t consecutive ones. As gap divides 2^64-t, exactly (2^64-t)/gap of them are
		// multiples of gap. That is the same number for each v, so v is uniform if each word
		// with low < t is rejected.
		//
		// A word is rejected with probability t/2^64. That is below gap/2^64. It is also below
		// 1/2: as gap is below 2^64, the remainder t is less than half of 2^64.
		//
		// See Lemire, “Fast Random Integer Generation in an Interval”, ACM Transactions
		// on Modeling and Computer Simulation 29 (2019), https://arxiv.org/abs/1805.10941.
		if low := x * n; low >= -gap%gap { // As -gap is 2^64-gap, -gap%gap is t.
			return x
		}
	}
	panic(stuck)
}

// maxTries bounds the loops that draw again after a rejection. If the source works, a try
// is rejected with a probability below 1/2, and 128 in a row with a probability below
// 2^-128. A replaced rand.Reader that repeats itself may never serve an accepted word.
const maxTries = 128

const stuck = "secrets: the random source is stuck"

// read fills b with random bytes. All randomness of this package comes from here.
func read(b []byte) {
	// rand.Read crashes the program if it fails. In TinyGo, it returns an error.
	if _, err := rand.Read(b); err != nil {
		panic("secrets: crypto/rand failed")
	}
}
