package secrets_test

import (
	"bytes"
	"crypto/fips140"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"go/build"
	"io"
	"math"
	"math/big"
	"math/bits"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"reflect"
	"regexp"
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
	"unicode/utf8"

	"example.com/secrets"
)

const (
	base62 = secrets.Lowercase + secrets.Uppercase + secrets.Digits
	base32 = secrets.Uppercase + "234567"
)

// Sources of known bytes, in the place of crypto/rand.Reader.

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

// A feed serves the bytes that it has. It panics with errDry if it has too few
// for a Read.
type feed struct{ rest []byte }

var errDry = errors.New("feed: more bytes were asked for than it has")

func (f *feed) Read(b []byte) (int, error) {
	if len(b) > len(f.rest) {
		panic(errDry)
	}
	n := copy(b, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

// try returns the result of call if it draws just the given word. It returns
// false if call rejects the word and asks for another.
func try[T any](t *testing.T, f *feed, word []byte, call func() T) (v T, ok bool) {
	f.rest = word
	defer func() {
		if !ok {
			if r := recover(); r != errDry {
				panic(r)
			}
		}
		if len(f.rest) > 0 {
			t.Fatalf("%d of the %d bytes of the word %x were not drawn", len(f.rest), len(word), word)
		}
	}()
	return call(), true
}

// constant returns a feed of one byte value: more than any call needs that ends.
func constant(value byte) *feed { return &feed{bytes.Repeat([]byte{value}, 1<<16)} }

// stream returns an endless stream of bytes that depends on seed alone.
func stream(seed byte) io.Reader { return mathrand.NewChaCha8([32]byte{seed}) }

// upTo returns 0, 1, ..., n-1. There is room for more elements behind them, so
// that a function that takes the capacity for the length is found out.
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

// mixed returns n characters of one to four bytes, which are not in order.
func mixed(n int) string {
	return runes('😀', (n+3)/4) + runes('0', (n+2)/4) + runes('一', (n+1)/4) + runes('À', n/4)
}

// pow2 returns 2^k + d.
func pow2(k uint, d int64) *big.Int {
	n := new(big.Int).Lsh(big.NewInt(1), k)
	return n.Add(n, big.NewInt(d))
}

// built reports whether the test was built with a flag, such as -race.
func built(flag string) bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.ContainsFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == flag && s.Value != "false" })
}

// shared and sharedBig are arguments that no call may write to.
var shared, sharedBig = upTo(1 << 15), pow2(172, 1)

// calls has a call of every function that draws. Each result has at least 60 bits,
// so that none comes twice.
var calls = []struct {
	name string
	call func() any
}{
	{"TokenBytes", func() any { return secrets.TokenBytes() }},
	{"TokenHex", func() any { return secrets.TokenHex() }},
	{"TokenURLSafe", func() any { return secrets.TokenURLSafe() }},
	{"TokenFrom", func() any { return secrets.TokenFrom(base62, 200) }},
	{"TokenFromRunes", func() any { return secrets.TokenFrom("αβγδε") }},
	{"Choice", func() any {
		return []int{secrets.Choice(shared), secrets.Choice(shared), secrets.Choice(shared), secrets.Choice(shared)}
	}},
	{"Choices", func() any { return secrets.Choices(shared, 100) }},
	{"Sample", func() any { return secrets.Sample(shared, 100) }},
	{"Shuffle", func() any { s := upTo(100); secrets.Shuffle(s); return s }},
	{"RandBelow", func() any { return secrets.RandBelow(uint64(1)<<63 + 1) }},
	{"RandBelowBig", func() any { return secrets.RandBelowBig(sharedBig) }},
	{"RandBits", func() any { return secrets.RandBits(173) }},
	{"SystemRandom", func() any { return secrets.SystemRandom{}.Uint64() }},
}

// secrets.go

func TestCompareDigest(t *testing.T) {
	type key string
	type digest []byte
	k := strings.Repeat("k", 99)
	texts := []string{"", "a", "b", "a\x00", "abc", "abcd", "naïve", "nai\u0308ve", "世界", k + "k", k + "q", "q" + k}
	for _, a := range texts {
		for _, b := range texts {
			for _, got := range []bool{
				secrets.CompareDigest(a, strings.Clone(b)),
				secrets.CompareDigest([]byte(a), []byte(b)),
				secrets.CompareDigest(key(a), key(b)),
				secrets.CompareDigest(digest(a), digest(b)),
			} {
				if got != (a == b) {
					t.Errorf("CompareDigest(%q, %q) = %t", a, b, got)
				}
			}
		}
	}
}

// token.go

// TestCPython compares with what CPython returns for the random bytes ff, fe, fd
// and so on. The values are those that this prints, with CPython 3.9 or later:
//
//	import random, secrets, string
//	random._urandom = lambda n: bytes(range(255, 255 - n, -1))
//	for n in 0, 1, 2, 3, 20: print(secrets.token_hex(n), secrets.token_urlsafe(n))
//	for k in 1, 8, 12, 24, 173, 64: print(secrets.randbits(k))
//	print(string.ascii_lowercase, string.ascii_uppercase, string.digits, string.punctuation)
func TestCPython(t *testing.T) {
	var f feed
	setReader(t, &f)
	check := func(name string, n, size int, call func() string, want string) {
		t.Helper()
		word := make([]byte, size)
		for i := range word {
			word[i] = byte(255 - i)
		}
		if got, ok := try(t, &f, word, call); !ok || got != want {
			t.Errorf("%s(%d) = %q, and in CPython %q", name, n, got, want)
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
		check("TokenBytes", c.n, c.n, func() string { return hex.EncodeToString(secrets.TokenBytes(c.n)) }, c.hex)
		check("TokenHex", c.n, c.n, func() string { return secrets.TokenHex(c.n) }, c.hex)
		check("TokenURLSafe", c.n, c.n, func() string { return secrets.TokenURLSafe(c.n) }, c.urlsafe)
	}
	for k, want := range map[int]string{
		1: "1", 8: "255", 12: "4095", 24: "16776957",
		173: "11972437289655848366721111723065852599435901177535869",
	} {
		check("RandBits", k, (k+7)/8, func() string { return secrets.RandBits(k).String() }, want)
	}
	check("SystemRandom.Uint64, as randbits", 64, 8, func() string { return fmt.Sprint(secrets.SystemRandom{}.Uint64()) }, "18446460386757245432")
	classes := strings.Join([]string{secrets.Lowercase, secrets.Uppercase, secrets.Digits, secrets.Punctuation}, " ")
	if want := "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"; classes != want {
		t.Errorf("the classes are %q, and in CPython %q", classes, want)
	}
}

// TestTokens checks that a token has the bytes of the source, at lengths around
// the size of every buffer.
func TestTokens(t *testing.T) {
	for _, n := range append(upTo(300), 70_000) {
		source := make([]byte, n)
		if _, err := io.ReadFull(stream(1), source); err != nil {
			t.Fatal(err)
		}
		setReader(t, &feed{source})
		if got := secrets.TokenBytes(n); !bytes.Equal(got, source) {
			t.Errorf("TokenBytes(%d) = %x, want %x", n, got, source)
		}
		setReader(t, &feed{source})
		if got, want := secrets.TokenHex(n), hex.EncodeToString(source); got != want {
			t.Errorf("TokenHex(%d) = %s, want %s", n, got, want)
		}
		setReader(t, &feed{source})
		if got, want := secrets.TokenURLSafe(n), base64.RawURLEncoding.EncodeToString(source); got != want {
			t.Errorf("TokenURLSafe(%d) = %s, want %s", n, got, want)
		}
	}
	setReader(t, stream(1))
	if a, b, c := len(secrets.TokenBytes()), len(secrets.TokenHex()), len(secrets.TokenURLSafe()); a != 32 || b != 64 || c != 43 {
		t.Errorf("the lengths by default are %d, %d and %d, want 32, 64 and 43", a, b, c)
	}
}

// TestTokenFromDefault checks the default length against its definition: the
// least one that has alphabet^length >= 2^(8·DefaultEntropy).
func TestTokenFromDefault(t *testing.T) {
	limit := pow2(8*secrets.DefaultEntropy, 0)
	least := func(n int) int {
		p, length := big.NewInt(1), 0
		for p.Cmp(limit) < 0 {
			p.Mul(p, big.NewInt(int64(n)))
			length++
		}
		return length
	}
	var unicode []rune
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if utf8.ValidRune(r) {
			unicode = append(unicode, r)
		}
	}
	most := len(unicode)
	if testing.Short() || built("-race") {
		most = 3000
	}
	// From a to b characters, the default should have one value. Rounding could matter
	// only where it changes, which is at the ends.
	for a, b := 2, 0; a <= most; a = b + 1 {
		b = a + sort.Search(len(unicode)-a, func(i int) bool { return least(a+i+1) != least(a) })
		for _, n := range []int{a, b} {
			if got := utf8.RuneCountInString(secrets.TokenFrom(string(unicode[:n]))); got != least(n) {
				t.Errorf("TokenFrom over %d characters has %d characters, want %d", n, got, least(n))
			}
		}
	}
}

// random.go

// wordSize returns the number of bytes of the word that becomes a number below n: as
// many as n-1 needs and one more, but at most eight. If n is 1, no word is needed.
func wordSize(n uint64) int {
	if n == 1 {
		return 0
	}
	return min(len(new(big.Int).SetUint64(n-1).Bytes())+1, 8)
}

// testEveryWord proves that call, which draws one word, has p results that are equally
// likely: it feeds every word there is. Each result must come from the same number of
// words, and no more words are rejected than must be.
func testEveryWord(t *testing.T, f *feed, name string, p int, call func() string) {
	t.Helper()
	size, word, count := wordSize(uint64(p)), make([]byte, 8), map[string]int{}
	for x := range uint64(1) << (8 * size) {
		binary.BigEndian.PutUint64(word, x)
		if result, ok := try(t, f, word[8-size:], call); ok {
			count[result]++
		}
	}
	if len(count) != p {
		t.Errorf("%s has %d results, want %d", name, len(count), p)
	}
	for result, c := range count {
		if want := 1 << (8 * size) / p; c != want {
			t.Errorf("%s gives %q for %d words of %d bytes, want %d", name, result, c, size, want)
		}
	}
}

// TestEveryWord tries all n and k with at most 256 results, which need two bytes, and
// two cases that need three. With -short or -race, it tries fewer.
func TestEveryWord(t *testing.T) {
	var f feed
	setReader(t, &f)
	short := testing.Short() || built("-race")
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for n := 1; n <= 256; n++ {
		if short && n > 16 && n%51 != 1 {
			continue
		}
		s, name := all[:n], func(f string, k int) string { return fmt.Sprintf("%s of %d, %d", f, n, k) }
		testEveryWord(t, &f, name("RandBelow", 1), n, func() string { return string(all[secrets.RandBelow(n):][:1]) })
		testEveryWord(t, &f, name("Choice", 1), n, func() string { return string([]byte{secrets.Choice(s)}) })
		for k, p := 1, n; k <= n && p <= 256; k, p = k+1, p*(n-k) {
			testEveryWord(t, &f, name("Sample", k), p, func() string { return string(secrets.Sample(s, k)) })
		}
		for k, p := 1, n; k <= 8 && p <= 256; k, p = k+1, p*n {
			testEveryWord(t, &f, name("Choices", k), p, func() string { return string(secrets.Choices(s, k)) })
			if 2 <= n && n <= utf8.RuneSelf {
				testEveryWord(t, &f, name("TokenFrom", k), p, func() string { return secrets.TokenFrom(string(s), k) })
			}
			// A call checks its alphabet: to try every size above 16 would take half a minute.
			if 2 <= n && n <= 16 || n > 16 && n&(n-1) == 0 {
				alphabet := mixed(n)
				testEveryWord(t, &f, name("TokenFrom with UTF-8", k), p, func() string { return secrets.TokenFrom(alphabet, k) })
			}
		}
	}
	for n, p := 1, 1; n <= 5 || n == 6 && !short; n, p = n+1, p*(n+1) {
		testEveryWord(t, &f, fmt.Sprintf("Shuffle of %d", n), p, func() string {
			s := []byte("abcdefgh")[:n]
			secrets.Shuffle(s)
			return string(s)
		})
	}
	if !short {
		testEveryWord(t, &f, "TokenFrom(Digits, 3)", 1000, func() string { return secrets.TokenFrom(secrets.Digits, 3) })
	}
}

// mapped returns what the word x should become: the number ⌊x·n/words⌋. Of the words
// that give the same number, the last ⌊words/n⌋ are kept. x is one of these if the word
// that is ⌊words/n⌋ further gives a greater number.
func mapped(x []byte, n uint64) (v uint64, ok bool) {
	words, bign := pow2(8*uint(len(x)), 0), new(big.Int).SetUint64(n)
	number := func(x *big.Int) *big.Int {
		y := new(big.Int).Mul(x, bign)
		return y.Div(y, words)
	}
	bigx := new(big.Int).SetBytes(x)
	bigv := number(bigx)
	further := bigx.Add(bigx, new(big.Int).Div(words, bign))
	return bigv.Uint64(), bigv.Cmp(number(further)) < 0
}

// ends returns the first word that gives the number v below n, and the one on either
// side of it. The first that is kept for v is among them.
func ends(v, n uint64) (s [][]byte) {
	size, bign := wordSize(n), new(big.Int).SetUint64(n)
	words := pow2(8*uint(size), 0)
	x := new(big.Int).SetUint64(v)
	x.Mul(x, words).Add(x, bign).Sub(x, big.NewInt(1)).Div(x, bign) // ⌈v·words/n⌉
	for _, d := range []int64{-1, 0, 1} {
		if y := new(big.Int).Add(x, big.NewInt(d)); y.Sign() >= 0 && y.Cmp(words) < 0 {
			s = append(s, y.FillBytes(make([]byte, size)))
		}
	}
	return s
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// testRandBelow checks, in exact arithmetic, what RandBelow of one type makes of the
// words at the boundary between two numbers, for numbers at both ends and some between,
// below each n near a power of two. One number is there because its first
// word is nearly kept: with rem = words mod n, word x is kept if x·n mod words >= rem,
// and for the first word of v, that is v·(n-rem) mod n.
func testRandBelow[N integer](t *testing.T, most N) {
	var f feed
	setReader(t, &f)
	for k := range 64 {
		p := uint64(1) << k
		for _, n := range []uint64{p - 1, p, p + 1, p + p/2, p + p/256, p - p/257, uint64(most) - 1, uint64(most)} {
			if n == 0 || n > uint64(most) {
				continue
			}
			rem := new(big.Int).Mod(pow2(8*uint(wordSize(n)), 0), new(big.Int).SetUint64(n)).Uint64()
			for _, v := range []uint64{0, 1, n / 3, n / 2, (max(rem, 1) - 1) / (n - rem), n - 1, n} { // For n, the words before it are the last of all.
				for _, x := range ends(v, n) {
					want, wantOK := mapped(x, n)
					got, ok := try(t, &f, x, func() N { return secrets.RandBelow(N(n)) })
					if ok != wantOK || ok && uint64(got) != want {
						t.Errorf("RandBelow(%T(%d)) of the word %x = %d, %t, want %d, %t", most, n, x, got, ok, want, wantOK)
					}
				}
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

// batch returns the bounds of the numbers that come from one word, and their product.
// The first is that of number i of k, and number i is below n-i·step. There are as
// many as have a product of at most 2^62, or else one.
func batch(n, step, k, i int) (bounds []int, product uint64) {
	bigp := big.NewInt(1)
	for ; i < k; i++ {
		p := new(big.Int).Mul(bigp, big.NewInt(int64(n-i*step)))
		if len(bounds) > 0 && p.Cmp(pow2(62, 0)) > 0 {
			break
		}
		bounds, bigp = append(bounds, n-i*step), p
	}
	return bounds, bigp.Uint64()
}

// reference returns, in exact arithmetic, what the source should become: k numbers,
// number i below n-i·step. Those of a word are the digits of a number below the
// product of their bounds, the most significant first. How many numbers share a word,
// and how many words a Read, is for the package to choose: this repeats its choice.
func reference(source io.Reader, n, step, k int) []int {
	s := []int{}
	var left []byte // of the last Read
	for len(s) < k {
		bounds, product := batch(n, step, k, len(s))
		size := wordSize(product)
		if len(left) < size {
			left = make([]byte, size*min((k-len(s)-1)/len(bounds)+1, 8))
			source.Read(left)
		}
		v, ok := mapped(left[:size], product)
		left = left[size:]
		if !ok {
			continue
		}
		digits := make([]int, len(bounds))
		for i, bound := range slices.Backward(bounds) {
			digits[i] = int(v % uint64(bound))
			v /= uint64(bound)
		}
		s = append(s, digits...)
	}
	return s
}

// onStreams calls check with the reference's numbers, on each of some streams. Some begin
// with a word at the boundary between two results. In some, many words are zeros, which
// nearly every bound rejects: in one, the last words of a Read of 64 bytes.
func onStreams(t *testing.T, n, step, k int, check func(want []int)) {
	t.Helper()
	_, product := batch(n, step, k, 0)
	starts := [][]byte{nil, nil, nil, nil, append(bytes.Repeat([]byte{0x55}, 56), make([]byte, 8)...)}
	for _, d := range []uint64{1, 3, 7} {
		starts = append(starts, ends(product/d, product)...)
	}
	for i, start := range starts {
		b := make([]byte, 2000+10*k)
		stream(byte(i)).Read(b)
		for j := 8; j < len(b) && i%2 == 1; j += 8 {
			if b[j] < 64 {
				clear(b[j-8 : j])
			}
		}
		copy(b, start)
		used := &counter{Reader: &feed{b}}
		want := reference(used, n, step, k)
		drawn := setReader(t, &feed{b})
		check(want)
		if drawn.reads != used.reads || drawn.bytes != used.bytes {
			t.Errorf("%d below %d with step %d draw %d bytes in %d Reads, want %d in %d", k, n, step, drawn.bytes, drawn.reads, used.bytes, used.reads)
		}
	}
}

// TestReference compares Choices, Sample, Shuffle and TokenFrom with the reference.
func TestReference(t *testing.T) {
	// Sample of 1,664,514 takes two numbers from a word of seven bytes, and later three
	// from one of eight.
	ns := []int{1, 2, 3, 4, 5, 6, 10, 26, 32, 36, 52, 62, 64, 94, 100, 127, 128, 129, 255, 256, 257, 1000, 7776, 65535, 65536, 65537, 70_000, 1664514}
	ks := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 20, 21, 32, 40, 43, 51, 61, 62, 63, 64, 65, 70, 79, 257, 3000}
	if testing.Short() || built("-race") {
		ns, ks = []int{1, 2, 6, 52, 62, 256, 65536}, []int{0, 1, 4, 5, 11, 20, 32, 43, 51, 65}
	}
	for _, n := range ns {
		s := upTo(n)
		check := func(name string, k int, got, want []int) {
			if !slices.Equal(got, want) {
				t.Errorf("%s of %d, %d = %v, want %v", name, n, k, got, want)
			}
		}
		onStreams(t, n, 0, 1, func(want []int) { check("Choice", 1, []int{secrets.Choice(s)}, want) })
		for _, k := range ks {
			if k > 21 && n > 1<<16 || k > 257 && n != 62 && n != 7776 {
				continue // to save time
			}
			onStreams(t, n, 0, k, func(want []int) { check("Choices", k, secrets.Choices(s, k), want) })
			for _, alphabet := range []string{runes(0, min(n, 300)), mixed(min(n, 256))} {
				order := []rune(alphabet)
				if slices.Sort(order); n < 2 || len(order) != n {
					continue
				}
				onStreams(t, n, 0, k, func(want []int) {
					got := []int{}
					for _, r := range secrets.TokenFrom(alphabet, k) {
						got = append(got, slices.Index(order, r))
					}
					check("TokenFrom", k, got, want)
				})
			}
			if k <= n {
				onStreams(t, n, 1, k, func(want []int) {
					all := slices.Clone(s) // a plain Fisher–Yates on a whole copy
					for i, d := range want {
						all[i], all[i+d] = all[i+d], all[i]
					}
					check("Sample", k, secrets.Sample(s, k), all[:k])
				})
			}
			check("the argument", k, s, upTo(n)) // It has not changed.
		}
		if n <= 1000 || n == 70_000 {
			onStreams(t, n, 1, n, func(want []int) {
				all, got := upTo(n), upTo(n)
				for i, j := range want {
					last := n - 1 - i
					all[last], all[j] = all[j], all[last]
				}
				secrets.Shuffle(got)
				check("Shuffle", n, got, all)
			})
		}
	}
	setReader(t, stream(1))
	all := secrets.Sample(upTo(1<<17), 1<<17)
	if slices.Sort(all); !slices.Equal(all, upTo(1<<17)) {
		t.Error("Sample of 2^17, 2^17 is not a permutation")
	}
	// These elements show the upper bits of their indexes.
	large := make([]byte, 1<<25)
	for i := range large {
		large[i] = byte(i >> 17)
	}
	for k, draw := range map[int]func() []byte{
		1: func() []byte { return []byte{secrets.Choice(large)} },
		9: func() []byte { return secrets.Choices(large, 9) },
	} {
		onStreams(t, len(large), 0, k, func(want []int) {
			for i, got := range draw() {
				if got != byte(want[i]>>17) {
					t.Errorf("of 2^25, element %#x or one of the next 2^17 is drawn, want %#x", int(got)<<17, want[i])
				}
			}
		})
	}
	// Of elements without size there can be as many as an int can count. Only how
	// many bytes are drawn can be seen of them.
	for _, n := range []uint64{1 << 31, 1<<31 + 1, 1 << 40, 1<<62 - 1, 1 << 62, 1<<62 + 1, 1<<63 - 1} {
		if n <= math.MaxInt {
			onStreams(t, int(n), 0, 1, func([]int) { secrets.Choice(make([]struct{}, n)) })
			onStreams(t, int(n), 0, 5, func([]int) { secrets.Choices(make([]struct{}, n), 5) })
			onStreams(t, int(n), 1, 5, func([]int) { secrets.Sample(make([]struct{}, n), 5) })
		}
	}
}

// TestRandBelowBig proves that RandBelowBig is uniform for n to 256: it feeds every
// byte. The k bits of n-1 are the first of the byte, so that 2^(8-k) bytes give each
// number. Around the larger powers of two, it feeds the largest number and n itself.
func TestRandBelowBig(t *testing.T) {
	var f feed
	setReader(t, &f)
	for n := int64(1); n <= 256; n++ {
		k := bits.Len64(uint64(n - 1))
		size := (k + 7) / 8
		count := make([]int, n)
		for x := range 1 << (8 * size) {
			v, ok := try(t, &f, []byte{byte(x)}[:size], func() int64 { return secrets.RandBelowBig(big.NewInt(n)).Int64() })
			if ok {
				count[v]++
			}
		}
		for v, c := range count {
			if c != 1<<(8*size-k) {
				t.Errorf("RandBelowBig(%d) gives %d for %d bytes, want %d", n, v, c, 1<<(8*size-k))
			}
		}
	}
	for k := uint(9); k <= 600; k++ {
		for _, n := range []*big.Int{pow2(k, -1), pow2(k, 0), pow2(k, 1)} {
			last := new(big.Int).Sub(n, big.NewInt(1))
			size := (last.BitLen() + 7) / 8
			word := func(x *big.Int) []byte {
				return new(big.Int).Lsh(x, uint(8*size-last.BitLen())).FillBytes(make([]byte, size))
			}
			before := new(big.Int).Set(n)
			call := func() *big.Int { return secrets.RandBelowBig(n) }
			if got, ok := try(t, &f, word(last), call); !ok || got.Cmp(last) != 0 {
				t.Errorf("RandBelowBig(%#x) = %#x, want %#x", n, got, last)
			}
			if n.BitLen() == last.BitLen() {
				if got, ok := try(t, &f, word(n), call); ok {
					t.Errorf("RandBelowBig(%#x) = %#x from a word that should be rejected", n, got)
				}
			}
			if n.Cmp(before) != 0 {
				t.Errorf("RandBelowBig changes its argument from %#x to %#x", before, n)
			}
		}
	}
}

// TestRandBits checks that bit i of the source, counted from the first, is bit
// k-1-i of the number, and that the bits after the first k have no effect. With a k
// of 64, this is what Uint64 returns.
func TestRandBits(t *testing.T) {
	var f feed
	setReader(t, &f)
	for _, k := range []int{1, 7, 8, 9, 24, 63, 64, 65, 173, 511, 512, 513, 600, 10_000} {
		size := (k + 7) / 8
		for i := range 8 * size {
			b := make([]byte, size)
			b[i/8] = 0x80 >> (i % 8)
			want := new(big.Int)
			if i < k {
				want.SetBit(want, k-1-i, 1)
			}
			if got, ok := try(t, &f, b, func() *big.Int { return secrets.RandBits(k) }); !ok || got.Cmp(want) != 0 {
				t.Errorf("RandBits(%d) = %#x from the bit %d of the source, want %#x", k, got, i, want)
			}
			if k == 64 {
				if got, _ := try(t, &f, b, secrets.SystemRandom{}.Uint64); got != want.Uint64() {
					t.Errorf("Uint64() = %#x from the bit %d of the source, want %#x", got, i, want)
				}
			}
		}
	}
}

// Bad input, and the input next to it, for every function.

// TestBadInput checks the text of the panic, and that nothing was drawn before.
func TestBadInput(t *testing.T) {
	const (
		fewer   = "secrets: TokenFrom: alphabet of fewer than two characters"
		repeats = "secrets: TokenFrom: alphabet repeats a character"
		invalid = "secrets: TokenFrom: alphabet is not valid UTF-8"
		below   = "secrets: RandBelow: n <= 0"
	)
	for _, c := range []struct {
		want string
		call func()
	}{
		{"secrets: TokenBytes: negative length", func() { secrets.TokenBytes(-1) }},
		{"secrets: TokenBytes: more than one length", func() { secrets.TokenBytes(1, 2) }},
		{"secrets: TokenHex: negative length", func() { secrets.TokenHex(math.MinInt) }},
		{"secrets: TokenURLSafe: negative length", func() { secrets.TokenURLSafe(-1) }},
		{"secrets: TokenFrom: negative length", func() { secrets.TokenFrom("ab", -1) }},
		{"secrets: TokenFrom: more than one length", func() { secrets.TokenFrom("ab", 1, 2, 3) }},
		{fewer, func() { secrets.TokenFrom("") }},
		{fewer, func() { secrets.TokenFrom("a", 10) }},
		{fewer, func() { secrets.TokenFrom("é", 10) }},
		{repeats, func() { secrets.TokenFrom("aa", 10) }},
		{repeats, func() { secrets.TokenFrom("abca", 0) }},
		{repeats, func() { secrets.TokenFrom("äöä") }},
		{repeats, func() { secrets.TokenFrom(runes('一', 300) + string('一'+rune(299))) }},
		{invalid, func() { secrets.TokenFrom("\x80\x81\x82") }},
		{invalid, func() { secrets.TokenFrom("ab\xff") }},
		{invalid, func() { secrets.TokenFrom("\xed\xa0\x80ab") }}, // a surrogate
		{"secrets: Choice: empty slice", func() { secrets.Choice(upTo(0)) }},
		{"secrets: Choices: empty slice", func() { secrets.Choices(upTo(0), 1) }},
		{"secrets: Choices: k < 0", func() { secrets.Choices(upTo(1), -1) }},
		{"secrets: Sample: k < 0", func() { secrets.Sample(upTo(1), -1) }},
		{"secrets: Sample: k > len(s)", func() { secrets.Sample(upTo(2), 3) }},
		{below, func() { secrets.RandBelow(0) }},
		{below, func() { secrets.RandBelow(-1) }},
		{below, func() { secrets.RandBelow(uint8(0)) }},
		{"secrets: RandBelowBig: n <= 0", func() { secrets.RandBelowBig(new(big.Int)) }},
		{"secrets: RandBelowBig: n <= 0", func() { secrets.RandBelowBig(pow2(200, 0).Neg(pow2(200, 0))) }},
		{"secrets: RandBits: k < 0", func() { secrets.RandBits(-1) }},
	} {
		source := setReader(t, stream(1))
		if got := panicValue(c.call); got != c.want || source.reads != 0 {
			t.Errorf("the panic is %q after %d bytes, want %q before any", got, source.bytes, c.want)
		}
	}
}

// panicValue returns what call panics with, or nil.
func panicValue(call func()) (v any) {
	defer func() { v = recover() }()
	call()
	return nil
}

// TestTooLarge checks that a length that no memory holds panics as make does, and a nil
// pointer as any other, with an error of the runtime, and that nothing was drawn before.
func TestTooLarge(t *testing.T) {
	if math.MaxInt == math.MaxInt32 {
		if k := math.MaxInt; !testing.Short() && len(secrets.Choices(make([]struct{}, 2), k)) != k {
			t.Errorf("Choices of k = %d does not have k elements", k)
		}
		t.Skip("on 32 bits there may be the memory")
	}
	// Of 2n, 4n/3 and 4n, these have the last that fits into an int, and the next.
	for _, n := range []int{math.MaxInt / 4, math.MaxInt/4 + 1, math.MaxInt / 2, math.MaxInt/2 + 1, math.MaxInt/4*3 + 2, math.MaxInt/4*3 + 3, math.MaxInt} {
		for name, call := range map[string]func(){
			"TokenBytes":         func() { secrets.TokenBytes(n) },
			"TokenHex":           func() { secrets.TokenHex(n) },
			"TokenURLSafe":       func() { secrets.TokenURLSafe(n) },
			"TokenFrom of ASCII": func() { secrets.TokenFrom("ab", n) },
			"TokenFrom of runes": func() { secrets.TokenFrom("a😀", n) },
			"Choices":            func() { secrets.Choices(upTo(2), n) },
			"RandBits":           func() { secrets.RandBits(n) },
			"RandBelowBig(nil)":  func() { secrets.RandBelowBig(nil) },
		} {
			source := setReader(t, stream(1))
			if got, ok := panicValue(call).(runtime.Error); !ok || source.reads != 0 {
				t.Errorf("%s(%d) draws %d bytes and panics with %v, want an error of the runtime", name, n, source.bytes, got)
			}
		}
	}
}

// TestSmallestInput checks the arguments next to the bad ones. Where there is only
// one result, nothing is drawn.
func TestSmallestInput(t *testing.T) {
	type deck []int
	source := setReader(t, stream(1))
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"TokenBytes(0)", secrets.TokenBytes(0), []byte{}},
		{"TokenFrom(ab, 0)", secrets.TokenFrom("ab", 0), ""},
		{"Choice([7])", secrets.Choice([]int{7}), 7},
		{"Choices([7], 0)", secrets.Choices([]int{7}, 0), []int{}},
		{"Choices([7], 3)", secrets.Choices([]int{7}, 3), []int{7, 7, 7}},
		{"Choices([], 0)", secrets.Choices([]int{}, 0), []int{}},
		{"Sample(nil, 0)", secrets.Sample([]int(nil), 0), []int{}},
		{"Sample([7], 1)", secrets.Sample([]int{7}, 1), []int{7}},
		{"Choices of a named type", secrets.Choices(deck{7}, 1), deck{7}},
		{"Sample of a named type", secrets.Sample(deck{7}, 1), deck{7}},
		{"RandBelow(1)", secrets.RandBelow(int8(1)), int8(0)},
		{"RandBelowBig(1)", secrets.RandBelowBig(big.NewInt(1)).Int64(), int64(0)},
		{"RandBits(0)", secrets.RandBits(0).Int64(), int64(0)},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s = %#v, want %#v", c.name, c.got, c.want)
		}
	}
	secrets.Shuffle([]int(nil))
	secrets.Shuffle(deck{7})
	if source.reads != 0 {
		t.Errorf("%d bytes were drawn where there is only one result", source.bytes)
	}
}

// TestFromPython checks the arithmetic of the README's table: each expression there
// returns all that the one in Python can return, and nothing else.
func TestFromPython(t *testing.T) {
	readme := file(t, "README.md")
	setReader(t, stream(1))
	start, stop, step, k := 1, 11, 3, 2
	wide := func(a, b int64) int64 { return int64(uint64(a) + secrets.RandBelow(uint64(b)-uint64(a)+1)) }
	for _, c := range []struct {
		python, expr string
		call         func() any
		want         string
	}{
		{"randint(-2, 3)", "a + RandBelow(b-a+1)", func() any { a, b := -2, 3; return a + secrets.RandBelow(b-a+1) }, "-1 -2 0 1 2 3"},
		{"randint(-2, 3)", "int64(uint64(a) + RandBelow(uint64(b)-uint64(a)+1))", func() any { return wide(-2, 3) }, "-1 -2 0 1 2 3"},
		{"randint(-2**63, 2**63-2) < 0", "int64(uint64(a) + RandBelow(uint64(b)-uint64(a)+1))",
			func() any { return wide(math.MinInt64, math.MaxInt64-1) < 0 }, "false true"},
		{"randrange(1, 11, 3)", "start + step*RandBelow((stop-start+step-1)/step)",
			func() any { return start + step*secrets.RandBelow((stop-start+step-1)/step) }, "1 10 4 7"},
		{"randbits(2)", "SystemRandom{}.Uint64() >> (64 - k)", func() any { return secrets.SystemRandom{}.Uint64() >> (64 - k) }, "0 1 2 3"},
		{"choice('hello')", "string(Choice([]rune(text)))", func() any { text := "hello"; return string(secrets.Choice([]rune(text))) }, "e h l o"},
	} {
		var got []string
		for range 1000 {
			got = append(got, fmt.Sprint(c.call()))
		}
		slices.Sort(got)
		if got := strings.Join(slices.Compact(got), " "); got != c.want || !strings.Contains(readme, "`"+c.expr+"`") {
			t.Errorf("for %s, README.md should have %s, which returns %s, want %s", c.python, c.expr, got, c.want)
		}
	}
}

// Faults of the source, for every function.

// TestFailingSource runs every call in a process of its own, on a source that fails
// at once or after some bytes. The call must give no value: Go's rand.Read ends the
// process. The gate also runs this test with a Read that returns its error, and says
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

// TestOneByteReads checks that a source that serves one byte at a time gives the
// same results. To take a short read for a full one was CVE-2021-3538.
func TestOneByteReads(t *testing.T) {
	for _, c := range calls {
		setReader(t, stream(7))
		want := c.call()
		setReader(t, iotest.OneByteReader(stream(7)))
		if got := c.call(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s = %v from single bytes, want %v", c.name, got, want)
		}
	}
}

// TestStuckSource checks that every call ends in a value or a panic if the source
// serves the same byte for ever, and that a call whose words are all rejected gives
// up after 128: a good source does that with a probability below 2^-128.
func TestStuckSource(t *testing.T) {
	const stuck = "secrets: the random source is stuck"
	for _, c := range calls {
		for b := range 256 {
			setReader(t, constant(byte(b)))
			if v := panicValue(func() { c.call() }); v != nil && v != stuck {
				t.Errorf("%s on a source of %#02x panics with %v", c.name, b, v)
			}
		}
	}
	for _, c := range []struct {
		name  string
		value byte
		bytes int // of a word
		call  func()
	}{
		{"RandBelow(3)", 0, 2, func() { secrets.RandBelow(3) }},
		{"RandBelow(2^63 + 1)", 0, 8, func() { secrets.RandBelow(uint64(1)<<63 + 1) }},
		{"Choices of 3", 0, 2, func() { secrets.Choices(upTo(3), 5) }},
		{"TokenFrom(abc)", 0, 3, func() { secrets.TokenFrom("abc", 9) }},
		{"RandBelowBig(3)", 0xff, 1, func() { secrets.RandBelowBig(big.NewInt(3)) }},
	} {
		source := setReader(t, constant(c.value))
		if v := panicValue(c.call); v != stuck || source.bytes != 128*c.bytes {
			t.Errorf("%s on a source of %#02x panics with %v after %d bytes, want %q after 128 words of %d",
				c.name, c.value, v, source.bytes, stuck, c.bytes)
		}
	}
}

// TestConcurrent makes every call from many goroutines. No result comes twice: by
// chance, that has a probability below 10^-11.
func TestConcurrent(t *testing.T) {
	const goroutines, rounds = 16, 50
	var seen sync.Map
	var wg sync.WaitGroup
	for range goroutines {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range rounds {
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
// the stack, a call allocates its result alone. Reads and bytes are limits of the mean
// over 1,000 calls, on the same source in every run: now and then a word is rejected.
func TestCost(t *testing.T) {
	deck, million := upTo(52), upTo(1_000_000)
	chinese64, big173 := runes('一', 64), pow2(173, 0)
	text := strings.Repeat("k", 1000)
	// These builds allocate, and so does rand.Read in FIPS 140-3 mode.
	countable := !built("-race") && !built("-asan") && !built("-gcflags") && !fips140.Enabled()
	for _, c := range []struct {
		name                 string
		allocs, reads, bytes float64
		call                 func()
	}{
		{"TokenBytes()", 1, 1, 32, func() { sinkBytes = secrets.TokenBytes() }},
		{"TokenHex()", 1, 1, 32, func() { sinkString = secrets.TokenHex() }},
		{"TokenHex(64)", 1, 1, 64, func() { sinkString = secrets.TokenHex(64) }},
		{"TokenHex(2000)", 3, 1, 2000, func() { sinkString = secrets.TokenHex(2000) }},
		{"TokenURLSafe()", 1, 1, 32, func() { sinkString = secrets.TokenURLSafe() }},
		{"TokenURLSafe(64)", 1, 1, 64, func() { sinkString = secrets.TokenURLSafe(64) }},
		{"TokenURLSafe(2000)", 3, 1, 2000, func() { sinkString = secrets.TokenURLSafe(2000) }},
		{"TokenFrom(base62, 20)", 1, 1.1, 17, func() { sinkString = secrets.TokenFrom(base62, 20) }},
		{"TokenFrom(Digits, 4)", 1, 1.001, 3.003, func() { sinkString = secrets.TokenFrom(secrets.Digits, 4) }},
		{"TokenFrom(Digits, 6)", 1, 1.001, 4.004, func() { sinkString = secrets.TokenFrom(secrets.Digits, 6) }},
		{"TokenFrom(Digits)", 1, 1.12, 41, func() { sinkString = secrets.TokenFrom(secrets.Digits) }},
		{"TokenFrom(ab)", 1, 1, 40, func() { sinkString = secrets.TokenFrom("ab") }},
		{"TokenFrom(base32, 1000)", 2, 11, 672, func() { sinkString = secrets.TokenFrom(base32, 1000) }},
		// The runes of the alphabet and those of the result are the other two.
		{"TokenFrom(64 Chinese characters, 64)", 3, 1, 56, func() { sinkString = secrets.TokenFrom(chinese64, 64) }},
		{"Choices of 52, 100", 1, 2.1, 81, func() { sinkInt += secrets.Choices(deck, 100)[0] }},
		{"Sample of 52, 5", 1, 1.003, 5.015, func() { sinkInt += secrets.Sample(deck, 5)[0] }},
		{"Sample of a million, 5", 1, 1.05, 16.4, func() { sinkInt += secrets.Sample(million, 5)[0] }},
		{"Shuffle of 52", 0, 1.1, 41, func() { secrets.Shuffle(deck) }},
		{"RandBelow(10)", 0, 1.001, 2.002, func() { sinkInt += secrets.RandBelow(10) }},
		{"RandBelow(1000000)", 0, 1.001, 4.004, func() { sinkInt += secrets.RandBelow(1_000_000) }},
		{"RandBits(173)", 2, 1, 22, func() { sinkBig = secrets.RandBits(173) }}, // The Int and its words.
		{"RandBelowBig(2^173)", 2, 1, 22, func() { sinkBig = secrets.RandBelowBig(big173) }},
		{"a Rand of SystemRandom", 0, 1, 8, func() { sinkInt += mathrand.New(secrets.SystemRandom{}).Int() }},
		{"SystemRandom.Uint64", 0, 1, 8, func() { sinkInt += int(secrets.SystemRandom{}.Uint64()) }},
		{"CompareDigest", 0, 0, 0, func() { sinkBool = secrets.CompareDigest(text, text[:999]) != secrets.CompareDigest(text, text) }},
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
	sinkInt += secrets.Sample(million, 5)[0]
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

// file returns the content of a file of the package.
func file(t *testing.T, name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestSource reads the package's own source for what no call can show: it imports only
// what its promises allow, keeps no state, reads randomness in one place and compares
// secrets in one.
func TestSource(t *testing.T) {
	pkg, err := build.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	imports := []string{
		"crypto/rand", "crypto/subtle", "encoding/base64", "encoding/binary", "encoding/hex",
		"iter", "math", "math/big", "math/bits", "slices", "unicode/utf8",
	}
	if files := []string{"random.go", "secrets.go", "token.go"}; !slices.Equal(pkg.GoFiles, files) ||
		len(pkg.IgnoredGoFiles) > 0 || !slices.Equal(pkg.Imports, imports) {
		t.Errorf("the files are %q and %q, and import %q", pkg.GoFiles, pkg.IgnoredGoFiles, pkg.Imports)
	}
	source := file(t, "random.go") + file(t, "secrets.go") + file(t, "token.go")
	code := regexp.MustCompile(`(?m)//.*$`).ReplaceAllString(source, "")
	for pattern, want := range map[string]int{
		`(?m)^(import |\t)[\w.]+ "`:       0, // an import under another name
		`(?m)^var\b|\binit\(|\brecover\(`: 0,
		`\brand\.`:                        1,
		`\brand\.Read\(`:                  1,
		`bool {\n\treturn subtle\.ConstantTimeCompare\(\[\]byte\(a\), \[\]byte\(b\)\) == 1\n}`: 1,
	} {
		if got := len(regexp.MustCompile(pattern).FindAllString(code, -1)); got != want {
			t.Errorf("the code has %s %d times, want %d", pattern, got, want)
		}
	}
}

// TestPages holds the README to the code: its Go snippets stand literally in
// example_test.go, and every function and type has an example and a row in a table.
func TestPages(t *testing.T) {
	readme, examples := file(t, "README.md"), file(t, "example_test.go")
	snippets := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(readme, -1)
	for _, s := range snippets {
		if !strings.Contains(strings.ReplaceAll(examples, "\n\t", "\n"), s[1]) {
			t.Errorf("this snippet of README.md is not in example_test.go:\n%s", s[1])
		}
	}
	source := file(t, "secrets.go") + file(t, "token.go") + file(t, "random.go")
	names := regexp.MustCompile(`(?m)^(?:func|type) ([A-Z]\w*)`).FindAllStringSubmatch(source, -1)
	for _, m := range names {
		if !strings.Contains(examples, "func Example"+m[1]+"() {") {
			t.Errorf("%s has no example", m[1])
		}
		if !regexp.MustCompile("(?m)^\\| .* \\| `" + m[1] + "[`(]").MatchString(readme) {
			t.Errorf("%s is not in the README's table", m[1])
		}
	}
	if len(snippets) == 0 || len(names) != 13 {
		t.Errorf("README.md has %d Go snippets, and the package %d functions and types, want some and 13", len(snippets), len(names))
	}
}

// Benchmark compares with what a user of the standard library would write, each by
// itself, for benchstat -col /impl, and then in turn: on a noisy machine only the
// ratio of the medians of many short rounds is worth something.
func Benchmark(b *testing.B) {
	deck, r := upTo(52), mathrand.New(secrets.SystemRandom{})
	big52, big62, big173 := big.NewInt(52), big.NewInt(62), pow2(173, -1)
	read := func(n int) []byte { b := make([]byte, n); rand.Read(b); return b }
	readBig := func(n *big.Int) int { v, _ := rand.Int(rand.Reader, n); return int(v.Int64()) }
	for _, c := range []struct {
		name         string
		ours, stdlib func()
	}{
		{"TokenBytes", func() { sinkBytes = secrets.TokenBytes() }, func() { sinkBytes = read(32) }},
		{"TokenHex", func() { sinkString = secrets.TokenHex() }, func() { sinkString = hex.EncodeToString(read(32)) }},
		{"TokenURLSafe", func() { sinkString = secrets.TokenURLSafe() }, func() { sinkString = base64.RawURLEncoding.EncodeToString(read(32)) }},
		{"TokenFrom-26of32", func() { sinkString = secrets.TokenFrom(base32, 26) }, func() { sinkString = rand.Text() }},
		{"TokenFrom-20of62", func() { sinkString = secrets.TokenFrom(base62, 20) }, func() {
			b := make([]byte, 20)
			for i := range b {
				b[i] = base62[readBig(big62)]
			}
			sinkString = string(b)
		}},
		{"Choice-52", func() { sinkInt += secrets.Choice(deck) }, func() { sinkInt += deck[readBig(big52)] }},
		{"Shuffle-52", func() { secrets.Shuffle(deck) }, func() { r.Shuffle(52, func(i, j int) { deck[i], deck[j] = deck[j], deck[i] }) }},
		{"RandBelow-10", func() { sinkInt += secrets.RandBelow(10) }, func() { sinkInt += r.IntN(10) }},
		{"RandBelowBig-173", func() { sinkBig = secrets.RandBelowBig(big173) }, func() { sinkBig, _ = rand.Int(rand.Reader, big173) }},
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
