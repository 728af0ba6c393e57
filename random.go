package secrets

import (
	"crypto/rand"
	"encoding/binary"
	"iter"
	"math/big"
	"math/bits"
	"slices"
)

// Choice returns a uniformly random element of s. If all elements of s differ, the
// choice holds log₂(len(s)) bits of entropy. To choose a character of a string, use
// string(Choice([]rune(text))).
//
// It panics if s is empty.
func Choice[S ~[]E, E any](s S) E {
	if len(s) == 0 {
		panic("secrets: Choice: empty slice")
	}
	return s[below(uint64(len(s)))]
}

// Choices returns a new slice of k elements, drawn independently and uniformly from
// all of s: an element may appear more than once. If all elements of s differ, the
// result holds k·log₂(len(s)) bits of entropy: six of 7,776 words hold 77.5.
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

// Sample returns a new slice of k elements from different indexes of s, in random
// order. If all n elements of s differ, the result holds log₂(n!/(n-k)!) bits of
// entropy: six of 49 numbers hold 33.2. Sample does not change s. Its time and memory
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
	// This is the start of a Fisher–Yates shuffle of a copy of s: each of the first k
	// elements in turn changes places with one that is uniform among itself and those
	// behind it. r holds the first k elements of that copy, and moved holds the changed
	// elements behind them, by index.
	r := make(S, k)
	copy(r, s)
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

// Shuffle puts the elements of s in random order, in place. The order of n different
// elements holds log₂(n!) bits of entropy: 52 cards hold 225.6.
//
// If the random source makes Shuffle panic, s may be partly shuffled.
func Shuffle[S ~[]E, E any](s S) {
	// Fisher–Yates: each element in turn, from the last to the first, changes places with
	// one that is uniform among itself and those before it. See Knuth, The Art of Computer
	// Programming, volume 2, section 3.4.2, algorithm P.
	for i, j := range numbers(uint64(len(s)), 1, len(s)) {
		last := len(s) - 1 - i
		s[last], s[j] = s[j], s[last]
	}
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// RandBelow returns a uniform random number in [0,n), which holds log₂(n) bits of
// entropy: RandBelow(1_000_000) holds 19.9. N is any integer type, or a type defined
// on one, such as [time.Duration].
//
// The result is below n, so it is never the largest value of N: RandBelow[uint8](255)
// is at most 254. For any byte, use TokenBytes(1)[0]; for any uint64,
// [SystemRandom.Uint64]; for an n over 64 bits, [RandBelowBig].
//
// It panics if n <= 0.
func RandBelow[N integer](n N) N {
	if n <= 0 {
		panic("secrets: RandBelow: n <= 0")
	}
	return N(below(uint64(n)))
}

// RandBelowBig returns a uniform random number in [0,n), as a new Int. It holds
// log₂(n) bits of entropy. RandBelowBig does not change n.
//
// It panics if n is nil or n <= 0.
func RandBelowBig(n *big.Int) *big.Int {
	if n.Sign() <= 0 {
		panic("secrets: RandBelowBig: n <= 0")
	}
	// A number of k bits is drawn until it is below n. k is the smallest with n <= 2^k,
	// so more than half of the numbers in [0,2^k) are below n.
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

// RandBits returns a uniform random number in [0,2^k), as a new Int. It holds k bits
// of entropy. To get a uint64, for k from 0 to 64, use SystemRandom{}.Uint64() >> (64 - k).
//
// It panics if k < 0.
func RandBits(k int) *big.Int {
	if k < 0 {
		panic("secrets: RandBits: k < 0")
	}
	size := int((uint(k) + 7) / 8)
	b := slices.Grow(make([]byte, 0, 64), size)[:size]
	read(b)
	x := new(big.Int).SetBytes(b)
	return x.Rsh(x, uint(8*size-k))
}

// SystemRandom is a source for [math/rand/v2.New]. The Rand's methods, such as Float64
// and NormFloat64, draw from crypto/rand:
//
//	r := rand.New(secrets.SystemRandom{}) // #nosec G404 -- it reads crypto/rand.
//	x := r.Float64()
//
// A SystemRandom is safe for concurrent use, but a Rand is not: make one where you need
// it. If the Rand does not escape, New does not allocate.
type SystemRandom struct{}

// Uint64 returns a uniform random number in [0,2^64). It holds 64 bits of entropy.
func (SystemRandom) Uint64() uint64 {
	var b [8]byte
	read(b[:])
	return binary.BigEndian.Uint64(b[:])
}

// below returns a uniform random number in [0,n), for n > 0.
func below(n uint64) uint64 {
	var w words
	v, _ := bits.Mul64(w.next(n, 1), n)
	return v
}

// numbers yields i and number i, for i from 0 to k-1. The numbers are independent, and
// number i is uniform in [0,n-i·step). The step is 0 or 1. Each range must hold a number,
// and its numbers must fit in an int.
func numbers(n, step uint64, k int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		var w words
		for i := 0; i < k; {
			bound := n - uint64(i)*step
			m, product := batch(bound, step, k-i)
			x := w.next(product, (k-i-1)/m+1)

			// Let b₁ to bₘ be the bounds of the batch. The loop computes d₁ to dₘ:
			// x·b₁ = d₁·2^64 + x₁, then x₁·b₂ = d₂·2^64 + x₂, and so on. Multiply each line
			// by the bounds after it, and add the lines. Then x₁ to xₘ₋₁ cancel. This leaves
			// x·product = v·2^64 + xₘ, where v = d₁·b₂·…·bₘ + d₂·b₃·…·bₘ + … + dₘ.
			//
			// As each d is below its b, d₁ to dₘ are the digits of v in the mixed radix of
			// the bounds. Each choice of digits belongs to one v in [0,product). As v is the
			// upper half of x·product, it is uniform. So the digits are uniform and independent.
			//
			// See Brackett-Rozinsky and Lemire, “Batched Ranged Random Integer
			// Generation”, Software: Practice and Experience 55 (2025),
			// https://arxiv.org/abs/2408.06213.
			for range m {
				d, low := bits.Mul64(x, bound)
				if !yield(i, int(d)) {
					return
				}
				x, bound, i = low, bound-step, i+1
			}
		}
	}
}

// batch returns m, the count of numbers that share the next word, and the product of
// their bounds: n, n-step, and so on. It takes one number, and then more, up to left in
// all, while the product is at most 2^62. That keeps the probability that a shared word
// is rejected below 1/4. A limit of 2^64 would allow nearly 1/2.
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

// words makes the random words of one call of below, or of one loop over numbers.
type words struct {
	buf        [64 + 8]byte // the bytes of up to eight words, and padding for the load in next
	start, end int          // buf[start:end] is not used yet.
}

// next returns a random word x such that the upper half of the product x·n is uniform in
// [0,n), for n > 0. If n is 1, x is 0 and nothing is read. The call may need count such
// words, this one included. If next must read, it reads that many, but eight at most.
func (w *words) next(n uint64, count int) uint64 {
	if n == 1 {
		return 0
	}
	// x has one random byte more than n-1 needs, but at most eight in all. They are its
	// upper bytes, and its other bits are zeros.
	size := min((bits.Len64(n-1)+7)/8+1, 8)
	zeros := 64 - 8*size
	gap := n << zeros // It is below 2^64: n <= 2^(8·size-8), or zeros is 0.
	for range maxTries {
		if w.end-w.start < size { // What is left is too short.
			w.start, w.end = 0, size*min(count, 8)
			read(w.buf[:w.end])
		}
		x := binary.BigEndian.Uint64(w.buf[w.start:]) >> zeros << zeros
		w.start += size

		// x is equally likely to be any multiple of 2^zeros below 2^64. So x·n is equally
		// likely to be any multiple of gap below n·2^64. Let x·n = v·2^64 + low, with v in
		// [0,n), and t = 2^64 mod gap. For each v, the products with low >= t lie in a run
		// of 2^64-t integers. As gap divides 2^64-t, every such run has the same number of
		// multiples of gap. So v is uniform if each word with low < t is rejected.
		//
		// If low >= gap, then low >= t, and no division is needed. The runs cover 2^64-t of
		// every 2^64 integers, so a rejection has probability t/2^64. That is below 1/2, as
		// t < gap and t <= 2^64-gap.
		//
		// See Lemire, “Fast Random Integer Generation in an Interval”, ACM Transactions
		// on Modeling and Computer Simulation 29 (2019), https://arxiv.org/abs/1805.10941.
		if low := x * n; low >= gap || low >= -gap%gap { // (2^64-gap) mod gap is t.
			return x
		}
	}
	panic(stuck)
}

// maxTries bounds each loop that draws again after a rejection. Each try is rejected with
// a probability below 1/2. If the source works, 128 tries in a row are rejected with a
// probability below 2^-128.
const maxTries = 128

const stuck = "secrets: the random source is stuck"

// read fills b with random bytes. All randomness of this package comes from here.
func read(b []byte) {
	// Since Go 1.24, rand.Read crashes the program if it fails. In Go 1.23 and in TinyGo,
	// it returns an error.
	if _, err := rand.Read(b); err != nil {
		panic("secrets: crypto/rand failed")
	}
}
