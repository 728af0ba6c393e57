package secrets

import (
	"bytes"
	"crypto/fips140"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	"math/bits"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"runtime"
	"runtime/debug"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

const base62, base32 = Letters + Digits, Uppercase + "234567"

// A counter counts what is drawn from a source.
type counter struct {
	io.Reader
	reads, bytes int
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.reads++
	c.bytes += n
	return n, err
}

// setReader makes r the source of all randomness until the test ends.
func setReader(t testing.TB, r io.Reader) *counter {
	old := rand.Reader
	t.Cleanup(func() { rand.Reader = old })
	c := &counter{Reader: r}
	rand.Reader = c
	return c
}

// A feed serves the bytes that it has. It panics with errDry if it has too few for a Read.
type feed []byte

var errDry = errors.New("feed: more bytes were asked for than it has")

func (f *feed) Read(b []byte) (int, error) {
	if len(b) > len(*f) {
		panic(errDry)
	}
	n := copy(b, *f)
	*f = (*f)[n:]
	return n, nil
}

func newFeed(b []byte) *feed { return (*feed)(&b) }

// stream returns an endless stream of bytes that depends on seed alone.
func stream(seed byte) io.Reader { return mathrand.NewChaCha8([32]byte{seed}) }

// upTo returns 0, 1, ..., n-1. There is room for more elements behind them, so that a
// function that takes the capacity for the length is found out.
func upTo(n int) []int {
	s := make([]int, n+3)
	for i := range s {
		s[i] = i
	}
	return s[:n]
}

// runes returns n characters, from first on.
func runes(first rune, n int) string {
	s := make([]rune, n)
	for i := range s {
		s[i] = first + rune(i)
	}
	return string(s)
}

// pow2 returns 2^k + d.
func pow2(k uint, d int64) *big.Int {
	n := new(big.Int).Lsh(big.NewInt(1), k)
	return n.Add(n, big.NewInt(d))
}

// panicValue returns what call panics with, or nil.
func panicValue(call func()) (v any) {
	defer func() { v = recover() }()
	call()
	return nil
}

// shared and sharedBig are arguments that no call may write to.
var shared, sharedBig = upTo(1 << 15), pow2(172, 1)

// calls has a call of every function that draws. Each result has at least 60 bits of
// entropy, so that none comes twice.
var calls = []struct {
	name string
	call func() any
}{
	{"TokenBytes", func() any { return TokenBytes() }},
	{"TokenHex", func() any { return TokenHex() }},
	{"TokenURLSafe", func() any { return TokenURLSafe() }},
	{"TokenFrom", func() any { return TokenFrom(base62, 200) }},
	{"TokenFromRunes", func() any { return TokenFrom("αβγδε") }},
	{"Choice", func() any { return []int{Choice(shared), Choice(shared), Choice(shared), Choice(shared)} }},
	{"Choices", func() any { return Choices(shared, 100) }},
	{"Sample", func() any { return Sample(shared, 100) }},
	{"Shuffle", func() any { s := upTo(100); Shuffle(s); return s }},
	{"RandBelow", func() any { return RandBelow(uint64(1)<<63 + 1) }},
	{"RandBelowBig", func() any { return RandBelowBig(sharedBig) }},
	{"RandBits", func() any { return RandBits(173) }},
	{"SystemRandom", func() any { return SystemRandom{}.Uint64() }},
}

func TestCompareDigest(t *testing.T) {
	type key string
	type digest []byte
	texts := []string{"", "a", "A", "b", "a\x00", "a\n", "abc", "abcd", "naïve", "nai\u0308ve", "世界"}
	for _, a := range texts {
		for _, b := range texts {
			for _, got := range []bool{
				CompareDigest(a, strings.Clone(b)),
				CompareDigest([]byte(a), append([]byte(nil), b...)),
				CompareDigest(key(a), key(b)),
				CompareDigest(digest(a), digest(b)),
			} {
				if got != (a == b) {
					t.Errorf("CompareDigest(%q, %q) = %t", a, b, got)
				}
			}
		}
	}
	for i := range 8 * 300 { // Flip each bit, and cut before each byte.
		a := make([]byte, i/8+1+i%3)
		b := bytes.Clone(a)
		b[i/8] ^= 1 << (i % 8)
		if CompareDigest(a, b) || CompareDigest(b, a) || CompareDigest(a, a[:i/8]) || CompareDigest(a[:i/8], a) {
			t.Errorf("CompareDigest of %d bytes overlooks bit %d, or what is behind it", len(a), i)
		}
	}
}

// TestCPython compares with what CPython returns for the random bytes ff, fe, fd and so
// on. The values are those that this prints, with CPython 3.9 or later:
//
//	import random, secrets, string
//	random._urandom = lambda n: bytes(range(255, 255 - n, -1))
//	for n in 0, 1, 2, 3, 20: print(secrets.token_hex(n), secrets.token_urlsafe(n))
//	for k in 1, 8, 12, 24, 173: print(secrets.randbits(k))
//	for s in 'ascii_lowercase', 'ascii_uppercase', 'ascii_letters', 'digits', 'punctuation':
//	    print(getattr(string, s))
func TestCPython(t *testing.T) {
	check := func(name string, n, size int, call func() string, want string) {
		t.Helper()
		b := make([]byte, 32)
		for i := range b {
			b[i] = byte(255 - i)
		}
		source := setReader(t, newFeed(b))
		if got := call(); got != want || source.bytes != size {
			t.Errorf("%s(%d) = %q from %d bytes, and in CPython %q from %d", name, n, got, source.bytes, want, size)
		}
	}
	for _, c := range []struct {
		n            int
		hex, urlsafe string
	}{
		{0, "", ""},
		{1, "ff", "_w"},
		{2, "fffe", "__4"},
		{3, "fffefd", "__79"},
		{20, "fffefdfcfbfaf9f8f7f6f5f4f3f2f1f0efeeedec", "__79_Pv6-fj39vX08_Lx8O_u7ew"},
	} {
		check("TokenBytes", c.n, c.n, func() string { return hex.EncodeToString(TokenBytes(c.n)) }, c.hex)
		check("TokenHex", c.n, c.n, func() string { return TokenHex(c.n) }, c.hex)
		check("TokenURLSafe", c.n, c.n, func() string { return TokenURLSafe(c.n) }, c.urlsafe)
	}
	for k, want := range map[int]string{
		1: "1", 8: "255", 12: "4095", 24: "16776957",
		173: "11972437289655848366721111723065852599435901177535869",
	} {
		check("RandBits", k, (k+7)/8, func() string { return RandBits(k).String() }, want)
	}
	classes := strings.Join([]string{Lowercase, Uppercase, Letters, Digits, Punctuation}, "\n")
	if want := `abcdefghijklmnopqrstuvwxyz
ABCDEFGHIJKLMNOPQRSTUVWXYZ
abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ
0123456789
` + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"; classes != want {
		t.Errorf("the classes are\n%s\nand in CPython\n%s", classes, want)
	}
}

// TestTokens checks that a token has the bytes of the source, at lengths around the size
// of every buffer.
func TestTokens(t *testing.T) {
	for i, n := range append(upTo(300), 1<<20+1, 32) {
		b, length := make([]byte, n), []int{n}
		if i == 301 {
			length = nil // The default is the last.
		}
		stream(1).Read(b)
		for name, c := range map[string]struct {
			got  func() string
			want string
		}{
			"TokenBytes":   {func() string { return string(TokenBytes(length...)) }, string(b)},
			"TokenHex":     {func() string { return TokenHex(length...) }, hex.EncodeToString(b)},
			"TokenURLSafe": {func() string { return TokenURLSafe(length...) }, base64.RawURLEncoding.EncodeToString(b)},
		} {
			setReader(t, stream(1))
			if got := c.got(); got != c.want {
				t.Errorf("%s(%d) = %q, want %q", name, n, got, c.want)
			}
		}
	}
}

// TestTokenFromDefault checks the default length against its definition: the least one
// that has alphabet^length >= 2^(8·DefaultEntropy).
func TestTokenFromDefault(t *testing.T) {
	limit := pow2(8*DefaultEntropy, 0)
	least := func(n int) int {
		p, length := big.NewInt(1), 0
		for p.Cmp(limit) < 0 {
			p.Mul(p, big.NewInt(int64(n)))
			length++
		}
		return length
	}
	const most = 1 << 20 // All characters from U+10000 on. The others would not change the default.
	// From a to b characters, the default should have one value. Rounding could matter
	// only where it changes, which is at the ends.
	for a, b := 2, 0; a <= most; a = b + 1 {
		b = a + sort.Search(most-a, func(i int) bool { return least(a+i+1) != least(a) })
		for _, n := range []int{a, b} {
			alphabet := runes(0x10000, n)
			if n <= 128 {
				alphabet = runes(0, n)
			}
			testSame(t, fmt.Sprintf("TokenFrom over %d characters", n), [][]byte{nil}, func() []string {
				return []string{TokenFrom(alphabet, []int{}...), TokenFrom(alphabet)}
			}, func() []string { return []string{TokenFrom(alphabet, least(n)), TokenFrom(alphabet, least(n))} })
		}
	}
}

// random.go, step one: the numbers are uniform and independent. TestEveryWord counts them
// where a word has at most 256 results. TestRandBelow and TestNumbers compare them with a
// reference where there are more.

// testEveryWord proves that draw returns each number below p equally often: the source
// serves each word once. All words but perResult·p must have been rejected.
func testEveryWord(t *testing.T, name string, words [][]byte, p, perResult int, draw func() int) {
	setReader(t, newFeed(slices.Concat(words...)))
	count := make([]int, p)
	if v := panicValue(func() {
		for {
			count[draw()]++
		}
	}); v != errDry {
		t.Errorf("%s panics with %v", name, v)
	}
	if !slices.Equal(count, slices.Repeat([]int{perResult}, p)) {
		t.Errorf("%s returns the numbers below %d %v times, want %d times each", name, p, count, perResult)
	}
}

// TestEveryWord tries all bounds, and all numbers that share a word, with at most 256
// results. Numbers that share a word are the digits of one. RandBelowBig needs one byte.
func TestEveryWord(t *testing.T) {
	var one, two [][]byte
	for x := range 1 << 16 {
		two = append(two, []byte{byte(x >> 8), byte(x)})
	}
	for x := range 1 << 8 {
		one = append(one, []byte{byte(x)})
	}
	for n := 2; n <= 256; n++ {
		testEveryWord(t, fmt.Sprintf("RandBelow(%d)", n), two, n, 65536/n, func() int { return RandBelow(n) })
		bign, used := big.NewInt(int64(n)), bits.Len(uint(n-1))
		testEveryWord(t, fmt.Sprintf("RandBelowBig(%d)", n), one, n, 256>>used, func() int { return int(RandBelowBig(bign).Int64()) })
		for step := range 2 {
			for k, p := 2, n*(n-step); 0 < p && p <= 256; k, p = k+1, p*(n-k*step) {
				testEveryWord(t, fmt.Sprintf("numbers(%d, %d, %d)", n, step, k), two, p, 65536/p, func() (v int) {
					for i, d := range numbers(uint64(n), uint64(step), k) {
						v = v*(n-i*step) + d
					}
					return v
				})
			}
		}
	}
}

// testSame checks that got returns what want does, from the same bytes of the source in as
// many Reads. Each stream begins with one of the starts, or with none if it is nil.
func testSame[T comparable](t *testing.T, name string, starts [][]byte, got, want func() []T) {
	t.Helper()
	for i, start := range starts {
		source := func() io.Reader { return io.MultiReader(bytes.NewReader(start), stream(byte(i))) }
		used := setReader(t, source())
		w := want()
		drawn := setReader(t, source())
		if g := got(); !slices.Equal(g, w) || drawn.bytes != used.bytes || drawn.reads != used.reads {
			t.Errorf("%s on stream %d = %.300s from %d bytes in %d Reads, want %.300s from %d in %d",
				name, i, fmt.Sprint(g), drawn.bytes, drawn.reads, fmt.Sprint(w), used.bytes, used.reads)
		}
	}
}

// wordSize returns the number of bytes of the word that becomes a number below n: as many
// as n-1 needs and one more, but at most eight. If n is 1, no word is needed.
func wordSize(n uint64) int {
	if n == 1 {
		return 0
	}
	return min(len(new(big.Int).SetUint64(n-1).Bytes())+1, 8)
}

// bounds returns the bounds n, n-step and so on of the numbers that share a word, and their
// product. There is one, or as many, up to left, as have a product of at most 2^62.
func bounds(n, step uint64, left int) (s []uint64, product uint64) {
	p := big.NewInt(1)
	for ; len(s) < left; n -= step {
		p.Mul(p, new(big.Int).SetUint64(n))
		if len(s) > 0 && p.Cmp(pow2(62, 0)) > 0 {
			break
		}
		s, product = append(s, n), p.Uint64()
	}
	return s, product
}

// reference returns the numbers of numbers(n, step, k), in exact arithmetic. Of the W words x
// of one size, it keeps those with x·product mod W >= W mod product. Then each quotient
// v = ⌊x·product/W⌋ comes from ⌊W/product⌋ words: TestEveryWord counts them for small
// products. The digits of v in the mixed radix of the bounds are the numbers.
//
// How many numbers share a word, and how many words are read at once, is for the package to
// choose. The reference repeats its choice.
func reference(n, step uint64, k int) []uint64 {
	s := []uint64{}
	var unused []byte // of the last Read
	for len(s) < k {
		batch, product := bounds(n-uint64(len(s))*step, step, k-len(s))
		size := wordSize(product)
		if len(unused) < size {
			unused = make([]byte, size*min((k-len(s)-1)/len(batch)+1, 8))
			rand.Read(unused)
		}
		x := new(big.Int).SetBytes(unused[:size])
		unused = unused[size:]
		w, bigp := pow2(8*uint(size), 0), new(big.Int).SetUint64(product)
		quotient, low := new(big.Int).DivMod(x.Mul(x, bigp), w, new(big.Int))
		if low.Cmp(new(big.Int).Mod(w, bigp)) < 0 {
			continue
		}
		v, digits := quotient.Uint64(), make([]uint64, len(batch))
		for i, bound := range slices.Backward(batch) {
			digits[i], v = v%bound, v/bound
		}
		s = append(s, digits...)
	}
	return s
}

// edges returns four of the W words x for a bound of n, chosen by low = x·n mod W: the
// least low that is kept, t = W mod n; the next above it; the next below it, which is
// rejected if t > 0; and the largest. Every low is a multiple of g, the power of two in n. So x is
// low/g times the inverse of n/g, modulo W/g.
func edges(n uint64) (x [][]byte) {
	size, g := wordSize(n), new(big.Int).SetUint64(n&-n)
	w, bign := pow2(8*uint(size), 0), new(big.Int).SetUint64(n)
	modulus := new(big.Int).Div(w, g)
	inverse := new(big.Int).ModInverse(new(big.Int).Div(bign, g), modulus)
	t := new(big.Int).Mod(w, bign)
	above, below, largest := new(big.Int).Add(t, g), new(big.Int).Sub(t, g), new(big.Int).Sub(w, g)
	for _, low := range []*big.Int{t, above, below, largest} {
		y := new(big.Int).Div(low, g)
		y.Mul(y, inverse).Mod(y, modulus)
		x = append(x, y.FillBytes(make([]byte, size)))
	}
	return x
}

// testReference compares got with the reference. Some streams begin with an edge. Two have
// words of zeros, which all bounds but powers of two reject: at the end of a Read of 64
// bytes, and in turn with others.
func testReference(t *testing.T, name string, n, step uint64, k int, got func() []uint64) {
	t.Helper()
	_, product := bounds(n, step, k)
	zeros, others := make([]byte, 8), bytes.Repeat([]byte{0x55}, 56)
	starts := append(edges(product), nil, nil, slices.Concat(others, zeros), bytes.Repeat(slices.Concat(zeros, others[:8]), 20))
	testSame(t, name, starts, got, func() []uint64 { return reference(n, step, k) })
}

// TestNumbers has bounds around powers of two, and bounds of which many or few share a word.
// From 1,664,514 with step 1, words of eight bytes follow words of seven in one Read.
func TestNumbers(t *testing.T) {
	for _, n := range []uint64{
		1, 2, 3, 6, 10, 26, 32, 52, 62, 64, 94, 100, 127, 128, 129, 255, 256, 257, 1000, 7776, 65535, 65536, 65537,
		1664514, 1<<31 - 1, 1 << 31, 1<<31 + 1, 1 << 40, 1<<56 + 1, 1<<62 - 1, 1 << 62, 1<<62 + 1, 1<<63 - 1,
	} {
		for _, k := range []int{1, 2, 3, 4, 5, 6, 8, 9, 11, 20, 21, 32, 43, 52, 64, 65, 257, 5000} {
			for step := range uint64(2) {
				if n > math.MaxInt || (step == 1 && uint64(k) > n) || (k > 257 && n != 62 && n != 7776) {
					continue
				}
				testReference(t, fmt.Sprintf("numbers(%d, %d, %d)", n, step, k), n, step, k, func() []uint64 {
					s := make([]uint64, k)
					for i, d := range numbers(n, step, k) {
						s[i] = uint64(d)
					}
					return s
				})
			}
		}
	}
}

// testRandBelow has bounds around powers of two. No type may cut n or the result short.
func testRandBelow[N integer](t *testing.T, most N) {
	for k := range 64 {
		p := uint64(1) << k
		for _, n := range []uint64{p - 1, p, p + 1, p + p/2, p + p/256, p - p/257, uint64(most) - 1, uint64(most)} {
			if 0 < n && n <= uint64(most) {
				testReference(t, fmt.Sprintf("RandBelow(%T(%d))", most, n), n, 0, 1, func() []uint64 {
					return []uint64{uint64(RandBelow(N(n)))}
				})
			}
		}
	}
}

func TestRandBelow(t *testing.T) {
	testRandBelow[int](t, math.MaxInt)
	testRandBelow[int8](t, math.MaxInt8)
	testRandBelow[int16](t, math.MaxInt16)
	testRandBelow[int32](t, math.MaxInt32)
	testRandBelow[int64](t, math.MaxInt64)
	testRandBelow[uint](t, math.MaxUint)
	testRandBelow[uint8](t, math.MaxUint8)
	testRandBelow[uint16](t, math.MaxUint16)
	testRandBelow[uint32](t, math.MaxUint32)
	testRandBelow[uint64](t, math.MaxUint64)
	testRandBelow[uintptr](t, math.MaxUint)
	testRandBelow[time.Duration](t, math.MaxInt64)
}

// TestRandBits checks that the number is the first k bits of the source, also of Uint64.
func TestRandBits(t *testing.T) {
	for _, k := range append(upTo(600), 1024, 2048, 4096, 100_001) {
		size := (k + 7) / 8
		testSame(t, fmt.Sprintf("RandBits(%d)", k), [][]byte{nil, nil}, func() []string {
			return []string{RandBits(k).String()}
		}, func() []string {
			x := new(big.Int).SetBytes(TokenBytes(size))
			return []string{x.Rsh(x, uint(8*size-k)).String()}
		})
	}
	testSame(t, "Uint64", [][]byte{nil, nil, nil}, func() []uint64 {
		return []uint64{SystemRandom{}.Uint64()}
	}, func() []uint64 { return []uint64{RandBits(64).Uint64()} })
}

// TestRandBelowBig checks that RandBelowBig(n) is the first RandBits(k) below n, for the
// least k with n <= 2^k, also after up to 127 draws of n or of all ones.
func TestRandBelowBig(t *testing.T) {
	// 3·2^64 and 5·2^100 are no powers of two, although they end in many zeros.
	ns := []*big.Int{new(big.Int).Mul(big.NewInt(3), pow2(64, 0)), new(big.Int).Mul(big.NewInt(5), pow2(100, 0))}
	for k := range uint(200) {
		ns = append(ns, pow2(k, 0), pow2(k, 1), pow2(k+1, -1), pow2(8*k, 0), pow2(8*k, 1))
	}
	for _, n := range ns {
		last := new(big.Int).Sub(n, big.NewInt(1))
		k, before := last.BitLen(), new(big.Int).Set(n)
		word := func(x *big.Int) []byte { // the bytes that make RandBits(k) return x mod 2^k
			size := (k + 7) / 8
			return new(big.Int).Lsh(x, uint(8*size-k)).FillBytes(make([]byte, size+1))[1:]
		}
		var starts [][]byte
		for _, x := range []*big.Int{last, n, pow2(uint(k), -1)} {
			for _, tries := range []int{1, 2, 127} {
				starts = append(starts, slices.Concat(bytes.Repeat(word(x), tries), word(new(big.Int).Rsh(last, 1))))
			}
		}
		testSame(t, fmt.Sprintf("RandBelowBig(%#x)", n), starts, func() []string {
			return []string{RandBelowBig(n).String()}
		}, func() []string {
			for {
				if x := RandBits(k); x.Cmp(before) < 0 {
					return []string{x.String()}
				}
			}
		})
		if n.Cmp(before) != 0 {
			t.Errorf("RandBelowBig changes its argument from %#x to %#x", before, n)
		}
	}
}

// Step two: from the same numbers, each function returns what its definition does. Elements
// are their own indexes. A definition gives different results for different numbers.

func testDefinition(t *testing.T, name string, n, step, k int, got func() []int, define func(numbers []int) []int) {
	t.Helper()
	testSame(t, fmt.Sprintf("%s of %d, %d", name, n, k), [][]byte{nil, nil, nil}, got, func() []int {
		s := []int{}
		for _, d := range numbers(uint64(n), uint64(step), k) {
			s = append(s, d)
		}
		return define(s)
	})
}

// same is the definition of a draw with replacement.
func same(numbers []int) []int { return numbers }

// taken returns a copy of r, and overwrites r and what is behind it. If r shares memory with
// the slice that it was drawn from, the next draw is wrong.
func taken(r []int) []int {
	c := slices.Clone(r)
	copy(r[:cap(r)], slices.Repeat([]int{-1}, cap(r)))
	return c
}

// lengths has some that need words of two, three and four bytes.
var lengths = []int{1, 2, 3, 4, 5, 6, 49, 52, 53, 256, 257, 1000, 1<<16 + 1, 1<<17 + 1}

func TestChoice(t *testing.T) {
	for _, n := range lengths {
		s := upTo(n)
		testDefinition(t, "Choice", n, 0, 1, func() []int { return []int{Choice(s)} }, same)
	}
}

func TestChoices(t *testing.T) {
	for _, n := range lengths {
		s := upTo(n)
		for _, k := range []int{0, 1, 2, 20, 300, 5000} {
			testDefinition(t, "Choices", n, 0, k, func() []int { return taken(Choices(s, k)) }, same)
		}
	}
}

// TestSample swaps in a whole copy. With thousands of elements out of more, many draws hit
// one that has moved.
func TestSample(t *testing.T) {
	for _, n := range lengths {
		s := upTo(n)
		for _, k := range []int{0, 1, 2, 3, 5, 30, 52, 300, 5000, 1 << 15, n - 1, n} {
			if k > n {
				continue
			}
			testDefinition(t, "Sample", n, 1, k, func() []int { return taken(Sample(s, k)) }, func(numbers []int) []int {
				c := upTo(n)
				for i, d := range numbers {
					c[i], c[i+d] = c[i+d], c[i]
				}
				return c[:k]
			})
		}
	}
}

func TestShuffle(t *testing.T) {
	for _, n := range lengths {
		testDefinition(t, "Shuffle", n, 1, n, func() []int { s := upTo(n); Shuffle(s); return s }, func(numbers []int) []int {
			s := upTo(n)
			for i, j := range numbers {
				last := n - 1 - i
				s[j], s[last] = s[last], s[j]
			}
			return s
		})
	}
}

// TestTokenFrom has alphabets of ASCII, whose order is kept, and others, which are sorted.
// 0x7f and 0x80 are next to the border. U+FFFD is no broken UTF-8, and "a-z" no range.
func TestTokenFrom(t *testing.T) {
	alphabets := []string{"ba", Digits, base62, runes(0, 128), "b\x7fa", "b\u0080a", "béa", "éÉ", "a\ufffd", "\ufeffb\n", "a-z",
		runes('😀', 400) + runes('一', 600)}
	for n := 2; n <= 128; n++ {
		alphabets = append(alphabets, runes(0, n), runes('b', n)+"a", runes('😀', n)+runes('0', n)+runes('À', n))
	}
	for _, alphabet := range alphabets {
		order := []rune(alphabet)
		if len(alphabet) > len(order) {
			slices.Sort(order)
		}
		for _, k := range []int{0, 1, 2, 20, 32, 43, len(order), 1000} {
			testDefinition(t, fmt.Sprintf("TokenFrom(%q)", alphabet), len(order), 0, k, func() []int {
				drawn := []int{}
				for _, r := range TokenFrom(alphabet, k) {
					drawn = append(drawn, slices.Index(order, r))
				}
				return drawn
			}, same)
		}
	}
}

// TestHuge has elements without size, up to as many as an int can count. Only how many bytes
// are drawn can be seen of them. The first of MaxInt numbers would show an overflow.
func TestHuge(t *testing.T) {
	for range numbers(2, 0, math.MaxInt) {
		break
	}
	none := func([]int) []int { return nil }
	for _, n := range []uint64{1 << 31, 1 << 40, 1<<63 - 1} {
		if n > math.MaxInt {
			continue
		}
		s := make([]struct{}, n)
		testDefinition(t, "Choice", int(n), 0, 1, func() []int { Choice(s); return nil }, none)
		testDefinition(t, "Choices", int(n), 0, 5, func() []int { Choices(s, 5); return nil }, none)
		testDefinition(t, "Sample", int(n), 1, 5, func() []int { Sample(s, 5); return nil }, none)
	}
}

// TestBadInput checks the text of the panic, and that nothing was drawn before.
func TestBadInput(t *testing.T) {
	for _, c := range []struct {
		want string
		call func()
	}{
		{"TokenBytes: negative length", func() { TokenBytes(-1) }},
		{"TokenBytes: more than one length", func() { TokenBytes(1, 2) }},
		{"TokenHex: negative length", func() { TokenHex(math.MinInt) }},
		{"TokenHex: more than one length", func() { TokenHex(1, 1) }},
		{"TokenURLSafe: negative length", func() { TokenURLSafe(-2) }},
		{"TokenURLSafe: more than one length", func() { TokenURLSafe(0, 2) }},
		{"TokenFrom: negative length", func() { TokenFrom("ab", -1) }},
		{"TokenFrom: more than one length", func() { TokenFrom("ab", 1, 2, 3) }},
		{"TokenFrom: alphabet of fewer than two characters", func() { TokenFrom("") }},
		{"TokenFrom: alphabet of fewer than two characters", func() { TokenFrom("a", 10) }},
		{"TokenFrom: alphabet of fewer than two characters", func() { TokenFrom("é", 10) }},
		{"TokenFrom: alphabet repeats a character", func() { TokenFrom("aa", 10) }},
		{"TokenFrom: alphabet repeats a character", func() { TokenFrom("abca", 0) }},
		{"TokenFrom: alphabet repeats a character", func() { TokenFrom(runes(0, 128) + "\x7f") }},
		{"TokenFrom: alphabet repeats a character", func() { TokenFrom("éé") }},
		{"TokenFrom: alphabet repeats a character", func() { TokenFrom("aéa") }},
		{"TokenFrom: alphabet repeats a character", func() { TokenFrom(runes('一', 300) + string('一'+rune(299))) }},
		{"TokenFrom: alphabet is not valid UTF-8", func() { TokenFrom("ab\x80") }},
		{"TokenFrom: alphabet is not valid UTF-8", func() { TokenFrom("\x80ab") }},
		{"TokenFrom: alphabet is not valid UTF-8", func() { TokenFrom("\xed\xa0\x80ab") }}, // a surrogate
		{"Choice: empty slice", func() { Choice(upTo(0)) }},
		{"Choices: empty slice", func() { Choices(upTo(0), 1) }},
		{"Choices: empty slice", func() { Choices(upTo(0), 2) }},
		{"Choices: k < 0", func() { Choices(upTo(1), -1) }},
		{"Choices: k < 0", func() { Choices(upTo(0), -2) }},
		{"Sample: k < 0", func() { Sample(upTo(1), -1) }},
		{"Sample: k > len(s)", func() { Sample(upTo(0), 2) }},
		{"Sample: k > len(s)", func() { Sample(upTo(2), 3) }},
		{"RandBelow: n <= 0", func() { RandBelow(-1) }},
		{"RandBelow: n <= 0", func() { RandBelow(uint8(0)) }},
		{"RandBelowBig: n <= 0", func() { RandBelowBig(new(big.Int)) }},
		{"RandBelowBig: n <= 0", func() { RandBelowBig(big.NewInt(-5)) }},
		{"RandBelowBig: n <= 0", func() { RandBelowBig(new(big.Int).Neg(pow2(200, 0))) }},
		{"RandBits: k < 0", func() { RandBits(-1) }},
		{"RandBits: k < 0", func() { RandBits(math.MinInt) }},
	} {
		source := setReader(t, stream(1))
		if got := panicValue(c.call); got != "secrets: "+c.want || source.reads != 0 {
			t.Errorf("the panic is %q after %d bytes, want secrets: %s, before any", got, source.bytes, c.want)
		}
	}
	if _, ok := panicValue(func() { RandBelowBig(nil) }).(runtime.Error); !ok {
		t.Error("RandBelowBig(nil) does not panic with an error of the runtime")
	}
}

// TestTooLarge checks that a length that no memory holds panics as make does, with an error
// of the runtime, and that nothing was drawn before.
func TestTooLarge(t *testing.T) {
	if math.MaxInt == math.MaxInt32 {
		t.Skip("on 32 bits there may be the memory")
	}
	// Of 4n, 2n and 4n/3, these have the last that fits into an int, and the next.
	for _, n := range []int{math.MaxInt / 4, math.MaxInt/4 + 1, math.MaxInt / 2, math.MaxInt/2 + 1, math.MaxInt/4*3 + 2, math.MaxInt/4*3 + 3, math.MaxInt} {
		for name, call := range map[string]func(){
			"TokenBytes":         func() { TokenBytes(n) },
			"TokenHex":           func() { TokenHex(n) },
			"TokenURLSafe":       func() { TokenURLSafe(n) },
			"TokenFrom of ASCII": func() { TokenFrom("ab", n) },
			"TokenFrom of runes": func() { TokenFrom("a😀", n) },
			"Choices":            func() { Choices(upTo(2), n) },
			"RandBits":           func() { RandBits(n) },
		} {
			source := setReader(t, stream(1))
			got := panicValue(call)
			if _, ok := got.(runtime.Error); !ok || source.reads != 0 {
				t.Errorf("%s(%d) draws %d bytes and panics with %v, want an error of the runtime", name, n, source.bytes, got)
			}
		}
	}
}

// TestSmallestInput checks that where there is only one result, it is not nil, has the type
// of the argument, and nothing is drawn.
func TestSmallestInput(t *testing.T) {
	type deck []int
	source := setReader(t, stream(1))
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"TokenBytes(0)", TokenBytes(0), []byte{}},
		{"Choices(nil, 0)", Choices(deck(nil), 0), deck{}},
		{"Sample(nil, 0)", Sample(deck(nil), 0), deck{}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s = %#v, want %#v", c.name, c.got, c.want)
		}
	}
	Shuffle(deck(nil))
	Shuffle(deck{7})
	if source.reads != 0 {
		t.Errorf("%d bytes were drawn where there is only one result", source.bytes)
	}
	things := []any{nil, func() {}, []int{}} // which == would not compare
	for range 20 {
		Shuffle(Sample(append(things, Choice(things), Choices(things, 1)[0]), 4))
	}
}

// TestFromPython checks that each Go expression that the README gives for a Python function
// returns all values that the function can, and no other. A shift too far must panic.
func TestFromPython(t *testing.T) {
	setReader(t, stream(1))
	randint := func(a, b int) int { return a + RandBelow(b-a+1) }
	wide := func(a, b int64) int64 { return int64(uint64(a) + RandBelow(uint64(b)-uint64(a)+1)) }
	up := func(start, stop, step int) int { return start + step*RandBelow((stop-start+step-1)/step) }
	down := func(start, stop, step int) int { return start + step*RandBelow((stop-start+step+1)/step) }
	for _, c := range []struct {
		python string
		call   func() any
		want   string
	}{
		{"randint(-2, 3)", func() any { return randint(-2, 3) }, "-1 -2 0 1 2 3"},
		{"randint(-2**63, 2**63-2) < 0", func() any { return wide(math.MinInt64, math.MaxInt64-1) < 0 }, "false true"},
		{"randrange(1, 11, 3)", func() any { return up(1, 11, 3) }, "1 10 4 7"},
		{"randrange(10, 0, -3)", func() any { return down(10, 0, -3) }, "1 10 4 7"},
		{"choice(range(3, 6))", func() any { return 3 + RandBelow(6-3) }, "3 4 5"},
		{"randbits(2)", func() any { return RandBelow(int64(1) << 2) }, "0 1 2 3"},
		{"randbits(62) >> 61", func() any { return RandBelow(int64(1)<<62) >> 61 }, "0 1"},
		{"randbits(63) >> 62", func() any { return RandBelow(uint64(1)<<63) >> 62 }, "0 1"},
		{"choice('hello')", func() any { return string(Choice([]rune("hello"))) }, "e h l o"},
	} {
		var got []string
		for range 1000 {
			got = append(got, fmt.Sprint(c.call()))
		}
		slices.Sort(got)
		if got := strings.Join(slices.Compact(got), " "); got != c.want {
			t.Errorf("for %s, Go returns %s, want %s", c.python, got, c.want)
		}
	}
	for _, k := range []int{-1, 63, 64, 100} {
		if v := panicValue(func() { RandBelow(int64(1) << k) }); v == nil {
			t.Errorf("RandBelow(int64(1)<<%d) does not panic", k)
		}
	}
}

// TestFailingSource runs every call in a process of its own, on a source that fails
// at once or after some bytes. The call must give no value: Go's rand.Read ends the
// process. .ci/run also runs this test with a Read that returns its error, and says
// so by an environment variable: then the call must panic.
func TestFailingSource(t *testing.T) {
	const env = "SECRETS_TEST_FAILING_SOURCE"
	if name, left, ok := strings.Cut(os.Getenv(env), " "); ok {
		n, _ := strconv.Atoi(left)
		rand.Reader = io.MultiReader(bytes.NewReader(make([]byte, n)), iotest.ErrReader(errors.New("no entropy")))
		defer func() { fmt.Println("RECOVERED", recover()) }()
		for _, c := range calls {
			if c.name == name {
				fmt.Println("VALUE", c.call())
			}
		}
		return
	}

	if runtime.GOARCH == "wasm" {
		t.Skip("wasm has no processes")
	}
	for _, c := range calls {
		for _, left := range []int{0, 5} {
			t.Run(fmt.Sprintf("%s/%d", c.name, left), func(t *testing.T) {
				t.Parallel()
				cmd := exec.Command(os.Args[0], "-test.run=^TestFailingSource$")
				cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d", env, c.name, left))
				out, err := cmd.CombinedOutput()
				want := "fatal error: crypto/rand: failed to read random data"
				if os.Getenv("SECRETS_TEST_READ_RETURNS_ERROR") != "" {
					want = "RECOVERED secrets: crypto/rand failed\n"
				} else if err == nil {
					t.Error("the process did not fail")
				}
				if !bytes.Contains(out, []byte(want)) || bytes.Contains(out, []byte("VALUE")) {
					t.Errorf("the process printed %.500s, want %q and no value", out, want)
				}
			})
		}
	}
}

// TestStuckSource checks that a call gives up after 128 rejected words. With a good source
// that has a probability below 2^-128.
func TestStuckSource(t *testing.T) {
	for _, c := range []struct {
		name  string
		value byte
		bytes int // of a word
		call  func()
	}{
		{"RandBelow(3)", 0, 2, func() { RandBelow(3) }},
		{"RandBelow(2^32 + 1)", 0, 6, func() { RandBelow(uint64(1)<<32 + 1) }},
		{"RandBelow(2^63 + 1)", 0, 8, func() { RandBelow(uint64(1)<<63 + 1) }},
		{"Choices of 3", 0, 2, func() { Choices(upTo(3), 5) }},
		{"TokenFrom(abc)", 0, 3, func() { TokenFrom("abc", 9) }},
		{"RandBelowBig(3)", 0xff, 1, func() { RandBelowBig(big.NewInt(3)) }},
		{"RandBelowBig(2^172 + 1)", 0xff, 22, func() { RandBelowBig(sharedBig) }},
	} {
		source := setReader(t, newFeed(bytes.Repeat([]byte{c.value}, 1<<16)))
		if v := panicValue(c.call); v != "secrets: the random source is stuck" || source.bytes != 128*c.bytes {
			t.Errorf("%s on a source of %#02x panics with %v after %d bytes, want %q after 128 words of %d",
				c.name, c.value, v, source.bytes, stuck, c.bytes)
		}
	}
}

// TestConcurrent makes every call from many goroutines, for the race detector: without
// -race it would hardly find shared state. A result that comes twice is an error: by chance,
// one does with a probability below 10^-11.
func TestConcurrent(t *testing.T) {
	var seen sync.Map
	var wg sync.WaitGroup
	for range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 50 {
				for _, c := range calls {
					s := fmt.Sprint(c.name, c.call())
					if _, twice := seen.LoadOrStore(s, true); twice {
						t.Errorf("this came twice: %s", s)
					}
				}
			}
		}()
	}
	wg.Wait()
}

// TestCost counts allocations, Reads and bytes. Up to the length where a buffer leaves
// the stack, most calls allocate their result alone. Reads and bytes are limits of the mean
// over 1,000 calls, on the same source in every run: now and then a word is rejected.
func TestCost(t *testing.T) {
	deck, million := upTo(52), upTo(1_000_000)
	chinese64, big173 := runes('一', 64), pow2(173, 0)
	text := strings.Repeat("k", 1000)
	// Builds with these flags allocate more, and so does rand.Read in FIPS 140-3 mode.
	info, ok := debug.ReadBuildInfo()
	countable := ok && !fips140.Enabled() && !slices.ContainsFunc(info.Settings, func(s debug.BuildSetting) bool {
		return slices.Contains([]string{"-race", "-asan", "-gcflags"}, s.Key) && s.Value != "false"
	})
	for _, c := range []struct {
		name                 string
		allocs, reads, bytes float64
		call                 func()
	}{
		{"TokenBytes()", 1, 1, 32, func() { sinkBytes = TokenBytes() }},
		{"TokenHex()", 1, 1, 32, func() { sinkString = TokenHex() }},
		{"TokenHex(64)", 1, 1, 64, func() { sinkString = TokenHex(64) }},
		{"TokenHex(2000)", 3, 1, 2000, func() { sinkString = TokenHex(2000) }},
		{"TokenURLSafe()", 1, 1, 32, func() { sinkString = TokenURLSafe() }},
		{"TokenURLSafe(64)", 1, 1, 64, func() { sinkString = TokenURLSafe(64) }},
		{"TokenFrom(base62, 20)", 1, 1.1, 17, func() { sinkString = TokenFrom(base62, 20) }},
		{"TokenFrom(Digits, 6)", 1, 1.001, 4.004, func() { sinkString = TokenFrom(Digits, 6) }},
		{"TokenFrom(Digits)", 1, 1.12, 41, func() { sinkString = TokenFrom(Digits) }},
		{"TokenFrom(base32, 1000)", 2, 11, 672, func() { sinkString = TokenFrom(base32, 1000) }},
		// The runes of the alphabet and those of the result are the other two.
		{"TokenFrom(64 Chinese characters, 64)", 3, 1, 56, func() { sinkString = TokenFrom(chinese64, 64) }},
		{"Choice of 52", 0, 1.001, 2.002, func() { sinkInt += Choice(deck) }},
		{"Choices of 52, 100", 1, 2.1, 81, func() { sinkInt += Choices(deck, 100)[0] }},
		{"Sample of a million, 5", 1, 1.05, 16.4, func() { sinkInt += Sample(million, 5)[0] }},
		{"Shuffle of 52", 0, 1.1, 41, func() { Shuffle(deck) }},
		{"RandBelow(10)", 0, 1.001, 2.002, func() { sinkInt += RandBelow(10) }},
		{"RandBits(512)", 2, 1, 64, func() { sinkBig = RandBits(512) }}, // The Int and its words.
		{"RandBelowBig(2^173)", 2, 1, 22, func() { sinkBig = RandBelowBig(big173) }},
		{"a Rand of SystemRandom", 0, 1, 8, func() { sinkInt += mathrand.New(SystemRandom{}).Int() }},
		{"CompareDigest", 0, 0, 0, func() { sinkBool = CompareDigest(text, text[:999]) != CompareDigest(text, text) }},
	} {
		if got := testing.AllocsPerRun(100, c.call); countable && got != c.allocs {
			t.Errorf("%s makes %v allocations, want %v", c.name, got, c.allocs)
		}
		const rounds = 1000
		system := rand.Reader
		source := setReader(t, stream(1))
		for range rounds {
			c.call()
		}
		rand.Reader = system
		if reads, bytes := float64(source.reads)/rounds, float64(source.bytes)/rounds; reads > c.reads || bytes > c.bytes {
			t.Errorf("%s draws %v bytes in %v Reads, want at most %v in %v", c.name, bytes, reads, c.bytes, c.reads)
		}
	}

	// Five of a million need memory for five.
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	sinkInt += Sample(million, 5)[0]
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 8<<10 {
		t.Errorf("Sample of a million, 5 allocates %d bytes, want at most 8192", n)
	}
}

var (
	sinkBytes  []byte
	sinkString string
	sinkInt    int
	sinkBig    *big.Int
	sinkBool   bool
)

// Benchmark compares with what a user of the standard library would write, each by
// itself, for benchstat -col /impl, and then in turn: on a noisy machine only the
// ratio of the medians of many short rounds is worth something.
func Benchmark(b *testing.B) {
	deck, r := upTo(52), mathrand.New(SystemRandom{})
	big52, big62, big173 := big.NewInt(52), big.NewInt(62), pow2(173, -1)
	read := func(n int) []byte { b := make([]byte, n); rand.Read(b); return b }
	readBig := func(n *big.Int) int { v, _ := rand.Int(rand.Reader, n); return int(v.Int64()) }
	for _, c := range []struct {
		name         string
		ours, stdlib func()
	}{
		{"TokenBytes", func() { sinkBytes = TokenBytes() }, func() { sinkBytes = read(32) }},
		{"TokenHex", func() { sinkString = TokenHex() }, func() { sinkString = hex.EncodeToString(read(32)) }},
		{"TokenURLSafe", func() { sinkString = TokenURLSafe() }, func() { sinkString = base64.RawURLEncoding.EncodeToString(read(32)) }},
		{"TokenFrom-26of32", func() { sinkString = TokenFrom(base32, 26) }, func() { sinkString = rand.Text() }},
		{"TokenFrom-20of62", func() { sinkString = TokenFrom(base62, 20) }, func() {
			b := make([]byte, 20)
			for i := range b {
				b[i] = base62[readBig(big62)]
			}
			sinkString = string(b)
		}},
		{"Choice-52", func() { sinkInt += Choice(deck) }, func() { sinkInt += deck[readBig(big52)] }},
		{"Shuffle-52", func() { Shuffle(deck) }, func() { r.Shuffle(52, func(i, j int) { deck[i], deck[j] = deck[j], deck[i] }) }},
		{"RandBelow-10", func() { sinkInt += RandBelow(10) }, func() { sinkInt += r.IntN(10) }},
		{"RandBelowBig-173", func() { sinkBig = RandBelowBig(big173) }, func() { sinkBig, _ = rand.Int(rand.Reader, big173) }},
	} {
		calls := []func(){c.ours, c.stdlib}
		for i, impl := range []string{"impl=secrets", "impl=stdlib"} {
			b.Run(c.name+"/"+impl, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					calls[i]()
				}
			})
		}
		b.Run(c.name+"/ratio", func(b *testing.B) {
			var rounds [2][]time.Duration
			for b.Loop() {
				for i, call := range calls {
					start := time.Now()
					for range 100 {
						call()
					}
					rounds[i] = append(rounds[i], time.Since(start))
				}
			}
			slices.Sort(rounds[0])
			slices.Sort(rounds[1])
			median := len(rounds[0]) / 2
			b.ReportMetric(float64(rounds[0][median])/float64(rounds[1][median]), "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}
