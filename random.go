//go:build go1.24

package secrets

import (
	"crypto/rand"
	"encoding/binary"
	"iter"
	"math/big"
	"math/bits"
)

// Choice returns a uniformly random element of s. If the elements differ, it
// holds log₂(len(s)) bits of entropy.
//
// It panics if s is empty or nil.
func Choice[S ~[]E, E any](s S) E {
	if len(s) == 0 {
		panic("secrets: Choice: empty slice")
	}
	return s[below(uint64(len(s)))]
}

// Choices returns a new slice of k elements, drawn independently and uniformly
// from all of s, so that an element can come more than once. If the elements of s
// differ, they hold k·log₂(len(s)) bits of entropy: six of 7,776 words hold 77.5.
//
// It panics if s is empty or nil, or if k < 0.
func Choices[S ~[]E, E any](s S, k int) S {
	if len(s) == 0 {
		panic("secrets: Choices: empty slice")
	}
	if k < 0 {
		panic("secrets: Choices: k < 0")
	}
	r := make(S, k)
	for i, j := range digits(uint64(len(s)), 0, k) {
		r[i] = s[j]
	}
	return r
}

// Sample returns a new slice of k elements from different indexes of s, in random
// order. Every such sequence has the same probability. If the elements of s
// differ, it holds log₂(n!/(n-k)!) bits of entropy, where n is len(s): six of 49
// numbers hold 33.2. Sample does not change s. The time and the memory that it
// takes depend on k and not on len(s).
//
// It panics if k < 0 or k > len(s).
func Sample[S ~[]E, E any](s S, k int) S {
	if k < 0 {
		panic("secrets: Sample: k < 0")
	}
	if k > len(s) {
		panic("secrets: Sample: k > len(s)")
	}
	// These are the first k steps of a Fisher–Yates shuffle, on a copy of s of
	// which only the elements that move exist: r is the first k, and moved has
	// what the swaps have put at the indexes from k on.
	r := make(S, k)
	copy(r, s)
	moved := map[int]E{}
	for i, d := range digits(uint64(len(s)), 1, k) {
		j := i + int(d)
		if j < k {
			r[i], r[j] = r[j], r[i]
			continue
		}
		e, ok := moved[j]
		if !ok {
			e = s[j]
		}
		r[i], moved[j] = e, r[i]
	}
	return r
}

// Shuffle puts the elements of s in random order, in place. Each of the len(s)!
// orders has the same probability: that of 52 cards holds 225.6 bits of entropy.
func Shuffle[S ~[]E, E any](s S) {
	// Fisher–Yates: Knuth, The Art of Computer Programming, volume 2,
	// section 3.4.2, algorithm P.
	for i, j := range digits(uint64(len(s)), 1, len(s)-1) {
		last := len(s) - 1 - i
		s[last], s[j] = s[j], s[last]
	}
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// RandBelow returns a uniform random number in [0,n). Its type can be any integer
// type, or a type defined on one, such as [time.Duration]. It holds log₂(n) bits
// of entropy: RandBelow(1_000_000) holds 19.9. For larger n, see [RandBelowBig].
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
	if n == nil {
		panic("secrets: RandBelowBig: n is nil")
	}
	if n.Sign() <= 0 {
		panic("secrets: RandBelowBig: n <= 0")
	}
	x := new(big.Int)
	k := n.BitLen()
	if n.TrailingZeroBits() == uint(k-1) {
		return randBits(x, k-1) // n is 2^(k-1).
	}
	// This is not crypto/rand.Int, because that has no limit on its tries and
	// reports a failing Reader as an error.
	for range maxTries {
		if randBits(x, k).Cmp(n) < 0 {
			return x
		}
	}
	panic(stuck)
}

// RandBits returns a uniform random number in [0,2^k), as a new Int. It holds k
// bits of entropy. RandBits(0) is 0. Given the same random bytes, the number is
// that of Python's randbits.
//
// It panics if k < 0.
func RandBits(k int) *big.Int {
	if k < 0 {
		panic("secrets: RandBits: k < 0")
	}
	return randBits(new(big.Int), k)
}

// randBits sets z to a uniform random number in [0,2^k) and returns it. The
// number is the first k bits of ⌈k/8⌉ random bytes in big-endian order.
func randBits(z *big.Int, k int) *big.Int {
	size := int((uint(k) + 7) / 8)
	var small [64]byte
	b := small[:]
	if size > len(small) {
		b = make([]byte, size)
	}
	rand.Read(b[:size])
	z.SetBytes(b[:size])
	return z.Rsh(z, uint(-k)%8) // 8·size - k bits are surplus.
}

// SystemRandom is a source for [math/rand/v2.New]. A Rand that uses it has the
// methods of that package, such as Float64 and NormFloat64, on the randomness of
// crypto/rand:
//
//	r := rand.New(secrets.SystemRandom{})
//	x := r.Float64()
//
// A SystemRandom has no state. It is safe for concurrent use by multiple
// goroutines; of a Rand, make one for each.
type SystemRandom struct{}

// Uint64 returns a uniform random number in [0,2^64). It holds 64 bits of
// entropy.
func (SystemRandom) Uint64() uint64 {
	var b [8]byte
	rand.Read(b[:])
	return binary.BigEndian.Uint64(b[:])
}

// maxTries bounds every loop that draws again because a draw was rejected. No
// draw of this package is rejected with a probability of 1/2 or more, so a good
// source reaches the bound of a loop with a probability below 2^-128. A source
// that does reach it is stuck.
const maxTries = 128

const stuck = "secrets: the random source is stuck"

// below returns a uniform random number in [0,n), for n > 0.
func below(n uint64) uint64 {
	// Draw a word x of w bits: one byte more than n-1 needs, which leaves less
	// than one word in 256 to be rejected, or just as many as it needs if n is
	// a power of two, where none is.
	size := (bits.Len64(n-1) + 7) / 8
	if n&(n-1) != 0 {
		size++
	}
	w := uint(8 * size)

	// The products x·n are the multiples of n in [0,n·2^w). Cut that range into n
	// intervals of length 2^w. The result v = ⌊x·n/2^w⌋ is the number of the
	// interval that has x·n, and frac = x·n mod 2^w the position in it. Let
	// t = 2^w mod n. The number of positions in [t,2^w) is a multiple of n, so
	// that in every interval the same number of them, (2^w-t)/n, are those of
	// multiples of n. Rejecting frac < t leaves so many x for each v: v is
	// exactly uniform.
	//
	// See Lemire, “Fast Random Integer Generation in an Interval”, ACM
	// Transactions on Modeling and Computer Simulation 29 (2019), section 4,
	// https://arxiv.org/abs/1805.10941.
	var word [16]byte
	for range maxTries {
		rand.Read(word[:size])

		// As hi:lo is x·2^(128-w), its product with n is v:f1:f0, and frac is the
		// upper w bits of f1:f0.
		hi, lo := binary.BigEndian.Uint64(word[:8]), binary.BigEndian.Uint64(word[8:])
		v, f1 := bits.Mul64(hi, n)
		c, f0 := bits.Mul64(lo, n)
		f1, c = bits.Add64(f1, c, 0)
		v += c

		// If n is a power of two, t = 0. If not, t < n < 2^(w-8), so that a frac
		// whose first byte is not 0 needs no division.
		if f1>>56 != 0 {
			return v
		}
		t := bits.Rem64(1<<(w-64), 1<<w, n) // 1<<(w-64) is 0 if w < 64, as w is unsigned.
		if frac := (f1<<8 | f0>>56) >> (72 - w); frac >= t {
			return v
		}
	}
	panic(stuck)
}

// digits yields k independent uniform random numbers, with their indexes from 0
// to k-1. Number i is in [0,n-i·step).
func digits(n, step uint64, k int) iter.Seq2[int, uint64] {
	return func(yield func(int, uint64) bool) {
		for i := 0; i < k; {
			// If x is uniform in [0,b·p), then x mod b is uniform in [0,b), ⌊x/b⌋ is
			// uniform in [0,p), and they are independent, as each of their b·p pairs
			// has one x. So the digits of one x in a mixed radix are one number below
			// each base. Take as many bases as have a product of 64 bits.
			p, j := n-uint64(i)*step, i+1
			for ; j < k; j++ {
				hi, lo := bits.Mul64(p, n-uint64(j)*step)
				if hi != 0 {
					break
				}
				p = lo
			}
			for x := below(p); i < j; i++ {
				b := n - uint64(i)*step
				if !yield(i, x%b) {
					return
				}
				x /= b
			}
		}
	}
}
