package secrets

import (
	"crypto/rand"
	"encoding/binary"
	"iter"
	"math/big"
	"math/bits"
	"slices"
)

// Choice returns a uniformly random element of s. If the elements differ, it holds
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
// all of s: an element can come more than once. If the elements of s differ, the
// slice holds k·log₂(len(s)) bits of entropy: six of 7,776 words hold 77.5.
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
// order. If the elements of s differ and are n, the slice holds log₂(n!/(n-k)!) bits
// of entropy: six of 49 numbers hold 33.2. Sample does not change s. Its time and
// memory depend on k, not on len(s).
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

// Shuffle puts the elements of s in random order, in place. The order of n elements
// holds log₂(n!) bits of entropy: that of 52 cards holds 225.6.
//
// If it panics because [crypto/rand.Reader] was replaced by one that repeats
// itself, s is shuffled in part.
func Shuffle[S ~[]E, E any](s S) {
	// Fisher–Yates: Knuth, The Art of Computer Programming, volume 2,
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
// on one, such as [time.Duration]. The result is never N's largest value:
// RandBelow[uint8](255) is at most 254. For a random byte, use TokenBytes(1)[0]; for
// any uint64, SystemRandom's Uint64; for an n beyond 64 bits, [RandBelowBig].
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
// It panics if n <= 0.
func RandBelowBig(n *big.Int) *big.Int {
	if n.Sign() <= 0 {
		panic("secrets: RandBelowBig: n <= 0")
	}
	k := n.BitLen()
	if n.TrailingZeroBits() == uint(k-1) {
		k-- // n is 2^(k-1), and every number of k-1 bits is below it.
	}
	// This is not crypto/rand.Int, because that has no limit on its tries and
	// reports a failing Reader as an error.
	for range maxTries {
		if x := RandBits(k); x.Cmp(n) < 0 {
			return x
		}
	}
	panic(stuck)
}

// RandBits returns a uniform random number in [0,2^k), as a new Int. It holds k bits
// of entropy. For an int, use RandBelow(1 << k). Given the same random bytes, the
// result equals what Python's randbits returns.
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

// SystemRandom is a source for [math/rand/v2.New]. A Rand that uses it has the
// methods of that package, such as Float64 and NormFloat64, on the randomness of
// crypto/rand:
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

// maxTries bounds every loop that draws again because a draw was rejected. No
// draw of this package is rejected with a probability of 1/2 or more, so a good
// source reaches the bound of a loop with a probability below 2^-128. A source
// that does reach it is stuck.
const maxTries = 128

const stuck = "secrets: the random source is stuck"

// read fills b with random bytes. It is the only source of randomness in this
// package.
func read(b []byte) {
	// Go's own Read crashes the program instead of returning an error. That of
	// Go before 1.24 and of TinyGo returns it, with b filled in part or not at all.
	if _, err := rand.Read(b); err != nil {
		panic("secrets: crypto/rand failed")
	}
}

// below returns a uniform random number in [0,n), for n > 0.
func below(n uint64) uint64 {
	// Draw a word x of w bits: as many bytes as n-1 needs and, unless n is a power
	// of two, one more, so that few words are rejected: less than one in 256, or
	// one in two where eight bytes are all, as n > 2^56.
	size := (bits.Len64(n-1) + 7) / 8
	if n&(n-1) != 0 {
		size = min(size+1, 8)
	}
	var word [8]byte
	for range maxTries {
		read(word[:size])
		v, low := bits.Mul64(binary.BigEndian.Uint64(word[:]), n)
		// As the word stands in the upper bytes of 64 bits, the product is x·p with
		// p = n·2^(64-w). If n is 2^w, that p is 0 here, and v is x.
		if fair(low, n<<(64-8*size)) {
			return v
		}
	}
	panic(stuck)
}

// fair reports whether to keep the product of a random word x and p, of which low
// is the lower half. If all others are rejected, the upper half is uniform.
func fair(low, p uint64) bool {
	// Let x be uniform in [0,n·2^64/p), an integer. The products x·p are then the
	// multiples of p in [0,n·2^64). Cut that range into n intervals of 2^64: the
	// upper half of a product is the number of its interval, and low its position
	// there. Let t = 2^64 mod p. The number of positions in [t,2^64) is a multiple
	// of p, so that in every interval ⌊2^64/p⌋ products have one of them. Keeping
	// only low >= t leaves so many x for each upper half.
	//
	// As t < p, most products need no division.
	//
	// See Lemire, “Fast Random Integer Generation in an Interval”, ACM
	// Transactions on Modeling and Computer Simulation 29 (2019), section 4,
	// https://arxiv.org/abs/1805.10941.
	return low >= p || low >= -p%p // -p is 2^64 - p.
}

// numbers yields k independent uniform random numbers, with their indexes from 0
// to k-1. Number i is in [0,n-i·step).
func numbers(n, step uint64, k int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		var buf [64]byte
		var words []byte // what is left of the last Read
		p, size := n, 0  // the product of the bounds of the next size numbers
		for i := 0; i < k; {
			// One word is enough for as many numbers as have a product of bounds up to
			// 2^62, which rejects less than one word in four. Up to 2^64 it could be
			// nearly one in two.
			bound := n - uint64(i)*step
			if size == 0 || step != 0 {
				for p, size = bound, 1; i+size < k; size++ {
					hi, lo := bits.Mul64(p, bound-uint64(size)*step)
					if hi != 0 || lo > 1<<62 {
						break
					}
					p = lo
				}
			}

			x := uint64(0)
			for try := 0; p > 1; try++ { // If p is 1, all numbers are 0.
				if try == maxTries {
					panic(stuck)
				}
				if len(words) == 0 {
					words = buf[:8*min((k-i-1)/size+1, len(buf)/8)]
					read(words)
				}
				x, words = binary.BigEndian.Uint64(words), words[8:]
				if fair(x*p, p) {
					break
				}
			}

			// Let b, c, …, z be the bounds. The upper half of x·b is a number, and the
			// lower half takes the place of x for the next. So x·p is v·2^64 plus the
			// last lower half, and the numbers are the digits of v in the mixed radix
			// b, c, …, z. As v is uniform in [0,p) and each v has its own digits, these
			// are uniform and independent.
			//
			// See Brackett-Rozinsky and Lemire, “Batched Ranged Random Integer
			// Generation”, Software: Practice and Experience 55 (2025),
			// https://arxiv.org/abs/2408.06213.
			for end := min(i+size, k); i < end; i++ {
				number, low := bits.Mul64(x, bound)
				if !yield(i, int(number)) {
					return
				}
				x, bound = low, bound-step
			}
		}
	}
}
