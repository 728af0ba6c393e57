package secrets

import (
	"crypto/rand"
	"encoding/binary"
	"iter"
	"math/big"
	"math/bits"
	"slices"
)

// Choice returns a uniformly random element of s. If all elements differ, it holds
// log₂(len(s)) bits of entropy.
//
// It panics if s is empty.
func Choice[S ~[]E, E any](s S) E {
	if len(s) == 0 {
		panic("secrets: Choice: empty slice")
	}
	return s[below(uint64(len(s)))]
}

// Choices returns a new slice of k elements, drawn independently and uniformly from
// all of s: an element can come more than once. If all elements of s differ, the
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
// depend on k, not on len(s).
//
// It panics if k < 0 or k > len(s).
func Sample[S ~[]E, E any](s S, k int) S {
	if k < 0 {
		panic("secrets: Sample: k < 0")
	}
	if k > len(s) {
		panic("secrets: Sample: k > len(s)")
	}
	// This is a Fisher–Yates shuffle that stops after k steps, without a copy of s: r
	// holds the first k elements, and moved holds the changed ones from k on.
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

// Shuffle puts the elements of s in random order, in place. The order of n different
// elements holds log₂(n!) bits of entropy: that of 52 cards holds 225.6.
//
// If a stuck random source makes Shuffle panic, s may be partly shuffled.
func Shuffle[S ~[]E, E any](s S) {
	// Fisher–Yates: each element in turn, from the last, changes places with one that
	// is uniform in [0,last]. See Knuth, The Art of Computer Programming, volume 2,
	// section 3.4.2, algorithm P.
	for i, j := range numbers(uint64(len(s)), 1, len(s)-1) {
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
// As n has type N, the result is never the largest value of N: RandBelow[uint8](255)
// is at most 254. For any byte, use TokenBytes(1)[0]; for any uint64, the Uint64
// method of [SystemRandom]; for an n beyond 64 bits, [RandBelowBig].
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
	// The numbers below n have k bits or fewer, and more than half of the numbers of k
	// bits are below n. If n is 2^m, k is m, and all are.
	k := n.BitLen()
	if n.TrailingZeroBits() == uint(k-1) {
		k--
	}
	// Not crypto/rand.Int, which has no limit on its tries and returns an error.
	for range maxTries {
		if x := RandBits(k); x.Cmp(n) < 0 {
			return x
		}
	}
	panic(stuck)
}

// RandBits returns a uniform random number in [0,2^k), as a new Int. It holds k bits
// of entropy. For an int of up to 62 bits, or 30 on 32-bit systems, use
// RandBelow(1 << k).
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
	return x.Rsh(x, -uint(k)%8) // The last 8·size - k bits are surplus.
}

// SystemRandom is a source for [math/rand/v2.New]. The methods of the resulting Rand,
// such as Float64 and NormFloat64, draw from crypto/rand:
//
//	r := rand.New(secrets.SystemRandom{}) // #nosec G404 -- it reads crypto/rand.
//	x := r.Float64()
//
// A SystemRandom is safe for concurrent use; use a separate Rand in each goroutine.
type SystemRandom struct{}

// Uint64 returns a uniform random number in [0,2^64). It holds 64 bits of entropy.
func (SystemRandom) Uint64() uint64 {
	var b [8]byte
	read(b[:])
	return binary.BigEndian.Uint64(b[:])
}

// maxTries bounds each loop that draws again after a rejection. Every rejection has a
// probability below 1/2, so a working source has 128 in a row with a probability
// below 2^-128.
const maxTries = 128

const stuck = "secrets: the random source is stuck"

// read fills b with random bytes. All randomness of this package comes from here.
func read(b []byte) {
	// Go's Read crashes the program if it fails. TinyGo's returns the error, as did
	// Go's before 1.24.
	if _, err := rand.Read(b); err != nil {
		panic("secrets: crypto/rand failed")
	}
}

// below returns a uniform random number in [0,n), for n > 0.
func below(n uint64) uint64 {
	// A random word x has w = 8·size bits: the bytes that n-1 needs. If n is a power of
	// two, all words are accepted. If not, one byte more leaves fewer than one word in
	// 256 to reject. There are eight at most: for n > 2^56, fewer than half are rejected.
	size := (bits.Len64(n-1) + 7) / 8
	if n&(n-1) != 0 {
		size = min(size+1, 8)
	}
	var word [8]byte
	for range maxTries {
		read(word[:size])
		// The upper bytes are x, so that all of word is x·2^(64-w), and its product with
		// n is x·p, where p = n·2^(64-w). A p of 2^64 is 0 as a uint64.
		v, low := bits.Mul64(binary.BigEndian.Uint64(word[:]), n)
		if accept(low, n<<(64-8*size)) {
			return v
		}
	}
	panic(stuck)
}

// accept reports whether to keep a random word x, given low, the lower half of the
// product x·p. If x is uniform, the upper half is uniform over the words that are
// kept. A p of 0 stands for 2^64.
func accept(low, p uint64) bool {
	// In below, x is in [0,2^w) and p is n·2^(64-w). In numbers, w is 64 and p is the n
	// of this comment. So the products are the multiples of p in [0,n·2^64). As p is at
	// most 2^64, their upper halves are all v in [0,n).
	//
	// Let t = 2^64 mod p. The values of low in [t,2^64) are ⌊2^64/p⌋ runs of p integers.
	// As the products are p apart, those with the same v have one low in each run. So
	// if low >= t is accepted, every v comes from ⌊2^64/p⌋ words.
	//
	// As t < p, a low >= p needs no division. If p is 2^64, t is 0, and every low is
	// accepted.
	//
	// See Lemire, “Fast Random Integer Generation in an Interval”, ACM Transactions
	// on Modeling and Computer Simulation 29 (2019), https://arxiv.org/abs/1805.10941.
	return low >= p || low >= -p%p // (2^64-p) mod p is t.
}

// numbers yields i and number i, for i from 0 to k-1. The numbers are independent, and
// number i is uniform in [0,n-i·step), which must not be empty or exceed an int.
func numbers(n, step uint64, k int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		var buf [64]byte
		var words []byte // the part of buf that has not been used
		p, batch := n, 1 // the product of the bounds of a batch, and their number
		for i := 0; i < k; {
			// One word makes a batch of numbers: as many as have bounds of a product up to
			// 2^62, so that fewer than one word in four is rejected. Up to 2^64, nearly half
			// could be. A single bound may be larger than 2^62.
			bound := n - uint64(i)*step
			if i == 0 || step != 0 { // or else the batch is the same again
				for p, batch = bound, 1; batch < k-i; batch++ {
					hi, lo := bits.Mul64(p, bound-uint64(batch)*step)
					if hi != 0 || lo > 1<<62 {
						break
					}
					p = lo
				}
			}

			x := uint64(0)
			for try := 0; p > 1; try++ { // If p is 1, these are 0 and need no word.
				if try == maxTries {
					panic(stuck)
				}
				if len(words) == 0 {
					// Unless one is rejected, the call needs at most ⌈(k-i)/batch⌉ more words.
					words = buf[:8*min((k-i-1)/batch+1, len(buf)/8)]
					read(words)
				}
				x, words = binary.BigEndian.Uint64(words), words[8:]
				if accept(x*p, p) {
					break
				}
			}

			// Let b₁ to bₘ be the bounds of the batch. Then x·b₁ = d₁·2^64 + x₁ with d₁ < b₁,
			// x₁·b₂ = d₂·2^64 + x₂ with d₂ < b₂, and so on. That makes x·p = v·2^64 + xₘ, where
			// v = d₁·b₂·…·bₘ + d₂·b₃·…·bₘ + … + dₘ: the numbers d are the digits of v in the
			// mixed radix of the bounds. As the low xₘ = x·p mod 2^64 was accepted, v is
			// uniform in [0,p). As each v has its own digits, these are uniform and
			// independent, and so are the first of them, if the call needs no more.
			//
			// See Brackett-Rozinsky and Lemire, “Batched Ranged Random Integer
			// Generation”, Software: Practice and Experience 55 (2025),
			// https://arxiv.org/abs/2408.06213.
			for end := i + min(batch, k-i); i < end; i++ {
				d, low := bits.Mul64(x, bound)
				if !yield(i, int(d)) {
					return
				}
				x, bound = low, bound-step
			}
		}
	}
}
