package secrets_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"math"
	"math/big"
	"math/bits"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
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
	letters = secrets.Lowercase + secrets.Uppercase
	base62  = letters + secrets.Digits
	base32  = secrets.Uppercase + "234567"
	base64c = base62 + "-_"
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

// draw makes r the source of all randomness until the test ends.
func draw(t testing.TB, r io.Reader) *counter {
	t.Helper()
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

// try returns the result of call if it needs no more than the given bytes.
func try[T any](f *feed, given []byte, call func() T) (v T, ok bool) {
	f.rest = given
	defer func() {
		if !ok {
			if r := recover(); r != errDry {
				panic(r)
			}
		}
	}()
	return call(), true
}

// A constant serves one byte value, until it has served a million bytes: a loop
// that still runs then has no end.
type constant struct {
	value  byte
	served int
}

func (c *constant) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = c.value
	}
	if c.served += len(b); c.served > 1e6 {
		panic("a constant source was asked for a million bytes")
	}
	return len(b), nil
}

// A failing source serves some bytes and then no more.
type failing struct{ left int }

func (f *failing) Read(b []byte) (int, error) {
	if f.left == 0 {
		return 0, errors.New("the source has failed")
	}
	n := min(f.left, len(b))
	f.left -= n
	return n, nil
}

// stream returns an endless stream of bytes that depends on seed alone.
func stream(seed byte) io.Reader { return mathrand.NewChaCha8([32]byte{seed}) }

// panicText returns the text of the panic in which call ends, or "". The value of
// a panic of this package is a string.
func panicText(call func()) (text string) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case string:
			text = r
		default:
			text = fmt.Sprintf("%T: %[1]v", r)
		}
	}()
	call()
	return ""
}

// calls has one call of every function that draws, the result of which has at
// least 60 bits, so that no result comes twice.
var calls = []struct {
	name string
	call func() any
}{
	{"TokenBytes", func() any { return secrets.TokenBytes() }},
	{"TokenHex", func() any { return secrets.TokenHex() }},
	{"TokenHexLong", func() any { return secrets.TokenHex(2000) }},
	{"TokenURLSafe", func() any { return secrets.TokenURLSafe() }},
	{"TokenURLSafeLong", func() any { return secrets.TokenURLSafe(2000) }},
	{"TokenFrom", func() any { return secrets.TokenFrom(base62) }},
	{"TokenFromLong", func() any { return secrets.TokenFrom(base62, 2000) }},
	{"TokenFromRunes", func() any { return secrets.TokenFrom("αβγδε") }},
	{"Choice", func() any {
		var s [8]int
		for i := range s {
			s[i] = secrets.Choice(numbers(250))
		}
		return s
	}},
	{"Choices", func() any { return secrets.Choices([]int{1, 2, 3}, 100) }},
	{"Sample", func() any { return secrets.Sample(numbers(1000), 20) }},
	{"Shuffle", func() any { s := numbers(52); secrets.Shuffle(s); return s }},
	{"RandBelow", func() any { return secrets.RandBelow(uint64(1)<<63 + 1) }},
	{"RandBelowBig", func() any { return secrets.RandBelowBig(pow2(172, 1)) }},
	{"RandBits", func() any { return secrets.RandBits(173) }},
	{"SystemRandom", func() any { return secrets.SystemRandom{}.Uint64() }},
}

// race reports whether the race detector is on, under which everything takes ten
// times as long and allocates more.
func race() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

// quick reports whether the tests that try millions of words should try fewer.
func quick() bool { return testing.Short() || race() }

// numbers returns 0, 1, ..., n-1.
func numbers(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// pow2 returns 2^k + d.
func pow2(k uint, d int64) *big.Int {
	n := new(big.Int).Lsh(big.NewInt(1), k)
	return n.Add(n, big.NewInt(d))
}

// What Python promises of each call, by the cases of CPython's own tests.

func TestPythonCompareDigest(t *testing.T) {
	for _, s := range []string{"a", "bcd", "xyz123"} {
		s = strings.Repeat(s, 100)
		if a, b := s, strings.Clone(s); !secrets.CompareDigest(a, b) || !secrets.CompareDigest([]byte(a), []byte(b)) {
			t.Errorf("CompareDigest says that %.9q... is not itself", s)
		}
		if a, b := s+"q", s+"k"; secrets.CompareDigest(a, b) || secrets.CompareDigest([]byte(a), []byte(b)) {
			t.Errorf("CompareDigest(%.9q... + q, the same + k) is true", s)
		}
	}
	if secrets.CompareDigest("abc", "abcd") || secrets.CompareDigest([]byte("abc"), []byte("abcd")) {
		t.Error("CompareDigest(abc, abcd) is true")
	}
}

func TestPythonRandom(t *testing.T) {
	for _, k := range []int{3, 12, 30} {
		for range 6 {
			if n := secrets.RandBits(k); n.Sign() < 0 || n.BitLen() > k {
				t.Errorf("RandBits(%d) = %v", k, n)
			}
		}
	}
	items := []int{1, 2, 4, 8, 16, 32, 64}
	for range 10 {
		if c := secrets.Choice(items); !slices.Contains(items, c) {
			t.Errorf("Choice(%v) = %d", items, c)
		}
	}
	for n := 2; n < 10; n++ {
		if v := secrets.RandBelow(n); v < 0 || v >= n {
			t.Errorf("RandBelow(%d) = %d", n, v)
		}
	}
}

func TestPythonTokens(t *testing.T) {
	if n := len(secrets.TokenBytes()); n != secrets.DefaultEntropy {
		t.Errorf("TokenBytes() has %d bytes, want %d", n, secrets.DefaultEntropy)
	}
	if n := len(secrets.TokenHex()); n != 2*secrets.DefaultEntropy {
		t.Errorf("TokenHex() has %d characters, want %d", n, 2*secrets.DefaultEntropy)
	}
	for _, n := range []int{1, 8, 17, 100} {
		if b := secrets.TokenBytes(n); len(b) != n {
			t.Errorf("TokenBytes(%d) has %d bytes", n, len(b))
		}
	}
	for _, n := range []int{1, 12, 25, 90} {
		if s := secrets.TokenHex(n); len(s) != 2*n || strings.Trim(s, "0123456789abcdef") != "" {
			t.Errorf("TokenHex(%d) = %q", n, s)
		}
	}
	for _, n := range []int{1, 11, 28, 76} {
		if s := secrets.TokenURLSafe(n); strings.Trim(s, base64c) != "" {
			t.Errorf("TokenURLSafe(%d) = %q", n, s)
		}
	}
}

// TestCPython compares with what CPython returned for the same random bytes:
// see testdata/cpython.py, which made the file.
func TestCPython(t *testing.T) {
	data, err := os.ReadFile("testdata/cpython.json")
	if err != nil {
		t.Fatal(err)
	}
	var cpython struct {
		Python        string
		TokenBytes    map[int]string `json:"token_bytes"`
		TokenHex      map[int]string `json:"token_hex"`
		TokenURLSafe  map[int]string `json:"token_urlsafe"`
		RandBits      map[int]string
		CompareDigest []struct {
			A, B       string
			Str, Bytes bool
		} `json:"compare_digest"`
	}
	if err := json.Unmarshal(data, &cpython); err != nil {
		t.Fatal(err)
	}

	for _, f := range []struct {
		name  string
		want  map[int]string
		call  func(n int) string
		bytes func(n int) int // what the call should draw
		cases int             // at least
	}{
		{"TokenBytes", cpython.TokenBytes, func(n int) string { return hex.EncodeToString(secrets.TokenBytes(n)) }, func(n int) int { return n }, 130},
		{"TokenHex", cpython.TokenHex, func(n int) string { return secrets.TokenHex(n) }, func(n int) int { return n }, 130},
		{"TokenURLSafe", cpython.TokenURLSafe, func(n int) string { return secrets.TokenURLSafe(n) }, func(n int) int { return n }, 130},
		{"RandBits", cpython.RandBits, func(k int) string { return fmt.Sprintf("%#x", secrets.RandBits(k)) }, func(k int) int { return (k + 7) / 8 }, 630},
	} {
		if len(f.want) < f.cases {
			t.Errorf("%s has %d cases, want at least %d", f.name, len(f.want), f.cases)
		}
		for n, want := range f.want {
			source := draw(t, &digests{n: uint64(n)})
			got := f.call(n)
			if len(got) > 100 {
				got = fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(got)))
			}
			if got != want {
				t.Errorf("%s(%d) = %s, and in %s %s", f.name, n, got, cpython.Python, want)
			}
			if source.bytes != f.bytes(n) {
				t.Errorf("%s(%d) drew %d bytes, want %d", f.name, n, source.bytes, f.bytes(n))
			}
		}
	}

	if len(cpython.CompareDigest) < 18 {
		t.Errorf("CompareDigest has %d cases, want at least 18", len(cpython.CompareDigest))
	}
	for _, c := range cpython.CompareDigest {
		if got := secrets.CompareDigest(c.A, c.B); got != c.Str {
			t.Errorf("CompareDigest(%.9q, %.9q) = %t, and in %s %t", c.A, c.B, got, cpython.Python, c.Str)
		}
		if got := secrets.CompareDigest([]byte(c.A), []byte(c.B)); got != c.Bytes {
			t.Errorf("CompareDigest of the bytes %.9q, %.9q = %t, and in %s %t", c.A, c.B, got, cpython.Python, c.Bytes)
		}
	}
}

// digests is the stream of testdata/cpython.py: the SHA-256 digests of n, n+1
// and so on.
type digests struct {
	n    uint64
	rest []byte
}

func (d *digests) Read(b []byte) (int, error) {
	for len(d.rest) < len(b) {
		block := sha256.Sum256(binary.BigEndian.AppendUint64(nil, d.n))
		d.rest = append(d.rest, block[:]...)
		d.n++
	}
	n := copy(b, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// Bad input, for every function.

// TestBadInput checks the text of the panic, and that nothing was drawn before.
func TestBadInput(t *testing.T) {
	const (
		fewer   = "secrets: TokenFrom: alphabet of fewer than two characters"
		repeats = "secrets: TokenFrom: alphabet repeats a character"
		invalid = "secrets: TokenFrom: alphabet is not valid UTF-8"
		below   = "secrets: RandBelow: n <= 0"
	)
	type duration int16
	for _, c := range []struct {
		want string
		call func()
	}{
		{"secrets: TokenBytes: negative length", func() { secrets.TokenBytes(-1) }},
		{"secrets: TokenBytes: negative length", func() { secrets.TokenBytes(math.MinInt) }},
		{"secrets: TokenBytes: more than one length", func() { secrets.TokenBytes(1, 2) }},
		{"secrets: TokenHex: negative length", func() { secrets.TokenHex(-1) }},
		{"secrets: TokenHex: negative length", func() { secrets.TokenHex(math.MinInt) }},
		{"secrets: TokenHex: more than one length", func() { secrets.TokenHex(1, 2) }},
		{"secrets: TokenHex: length too large", func() { secrets.TokenHex(math.MaxInt/2 + 1) }},
		{"secrets: TokenHex: length too large", func() { secrets.TokenHex(math.MaxInt) }},
		{"secrets: TokenURLSafe: negative length", func() { secrets.TokenURLSafe(-1) }},
		{"secrets: TokenURLSafe: negative length", func() { secrets.TokenURLSafe(math.MinInt) }},
		{"secrets: TokenURLSafe: more than one length", func() { secrets.TokenURLSafe(1, 2, 3) }},
		{"secrets: TokenURLSafe: length too large", func() { secrets.TokenURLSafe(math.MaxInt/4*3 + 3) }},
		{"secrets: TokenURLSafe: length too large", func() { secrets.TokenURLSafe(math.MaxInt) }},
		{"secrets: TokenFrom: negative length", func() { secrets.TokenFrom("ab", -1) }},
		{"secrets: TokenFrom: negative length", func() { secrets.TokenFrom("äö", math.MinInt) }},
		{"secrets: TokenFrom: more than one length", func() { secrets.TokenFrom("ab", 1, 2) }},
		{"secrets: TokenFrom: more than one length", func() { secrets.TokenFrom("äö", 1, 2) }},
		{"secrets: TokenFrom: length too large", func() { secrets.TokenFrom("äö", math.MaxInt/2+1) }},
		{"secrets: TokenFrom: length too large", func() { secrets.TokenFrom("a世", math.MaxInt/3+1) }},
		{"secrets: TokenFrom: length too large", func() { secrets.TokenFrom("😀a", math.MaxInt/4+1) }},
		{"secrets: TokenFrom: length too large", func() { secrets.TokenFrom("😀a", math.MaxInt) }},
		{fewer, func() { secrets.TokenFrom("") }},
		{fewer, func() { secrets.TokenFrom("", 0) }},
		{fewer, func() { secrets.TokenFrom("a", 10) }},
		{fewer, func() { secrets.TokenFrom("世", 10) }},
		{repeats, func() { secrets.TokenFrom("aa", 10) }},
		{repeats, func() { secrets.TokenFrom("abca", 0) }},
		{repeats, func() { secrets.TokenFrom("äöä") }},
		{repeats, func() { secrets.TokenFrom("aäöa") }},
		{repeats, func() { secrets.TokenFrom("世界😀😀", 1) }},
		{repeats, func() { secrets.TokenFrom(base62 + "\x00\x7f\x00") }},
		{repeats, func() { secrets.TokenFrom("\x00\x00") }},
		{repeats, func() { secrets.TokenFrom(strings.Repeat("ab", 3_000_000)) }},
		{invalid, func() { secrets.TokenFrom("\xff") }},
		{invalid, func() { secrets.TokenFrom("ab\xff", 0) }},
		{invalid, func() { secrets.TokenFrom("\x80\x81\x82") }},
		{invalid, func() { secrets.TokenFrom("\x00\x80") }},
		{invalid, func() { secrets.TokenFrom("世界"[:5], 10) }},
		{invalid, func() { secrets.TokenFrom("\xed\xa0\x80ab") }}, // a surrogate
		{"secrets: Choice: empty slice", func() { secrets.Choice([]int{}) }},
		{"secrets: Choice: empty slice", func() { secrets.Choice([]int(nil)) }},
		{"secrets: Choices: empty slice", func() { secrets.Choices([]int{}, 1) }},
		{"secrets: Choices: empty slice", func() { secrets.Choices([]int(nil), 0) }},
		{"secrets: Choices: k < 0", func() { secrets.Choices([]int{1}, -1) }},
		{"secrets: Choices: k < 0", func() { secrets.Choices([]int{1}, math.MinInt) }},
		{"secrets: Sample: k < 0", func() { secrets.Sample([]int{1}, -1) }},
		{"secrets: Sample: k < 0", func() { secrets.Sample([]int(nil), math.MinInt) }},
		{"secrets: Sample: k > len(s)", func() { secrets.Sample([]int{1, 2}, 3) }},
		{"secrets: Sample: k > len(s)", func() { secrets.Sample([]int(nil), 1) }},
		{below, func() { secrets.RandBelow(0) }},
		{below, func() { secrets.RandBelow(-1) }},
		{below, func() { secrets.RandBelow(math.MinInt) }},
		{below, func() { secrets.RandBelow(int8(math.MinInt8)) }},
		{below, func() { secrets.RandBelow(int16(math.MinInt16)) }},
		{below, func() { secrets.RandBelow(int32(math.MinInt32)) }},
		{below, func() { secrets.RandBelow(int64(math.MinInt64)) }},
		{below, func() { secrets.RandBelow(duration(-1)) }},
		{below, func() { secrets.RandBelow(time.Duration(0)) }},
		{"secrets: RandBelowBig: n is nil", func() { secrets.RandBelowBig(nil) }},
		{"secrets: RandBelowBig: n <= 0", func() { secrets.RandBelowBig(new(big.Int)) }},
		{"secrets: RandBelowBig: n <= 0", func() { secrets.RandBelowBig(big.NewInt(-1)) }},
		{"secrets: RandBelowBig: n <= 0", func() { secrets.RandBelowBig(pow2(200, 0).Neg(pow2(200, 0))) }},
		{"secrets: RandBits: k < 0", func() { secrets.RandBits(-1) }},
		{"secrets: RandBits: k < 0", func() { secrets.RandBits(math.MinInt) }},
	} {
		source := draw(t, stream(1))
		if got := panicText(c.call); got != c.want {
			t.Errorf("the panic is %q, want %q", got, c.want)
		}
		if source.reads != 0 {
			t.Errorf("%d bytes were drawn before the panic %q", source.bytes, c.want)
		}
	}
}

// TestLargestLength checks the largest lengths whose text can be held in an int.
// They are not refused: that no memory holds them is for make to say.
func TestLargestLength(t *testing.T) {
	if math.MaxInt == math.MaxInt32 {
		t.Skip("on 32 bits there may be the memory")
	}
	draw(t, stream(1))
	for name, call := range map[string]func(){
		"TokenHex":              func() { secrets.TokenHex(math.MaxInt / 2) },
		"TokenURLSafe":          func() { secrets.TokenURLSafe(math.MaxInt/4*3 + 2) },
		"TokenFrom of 3 bytes":  func() { secrets.TokenFrom("世界", math.MaxInt/3) },
		"TokenFrom of 1 byte":   func() { secrets.TokenFrom("ab", math.MaxInt) },
		"TokenFrom, many width": func() { secrets.TokenFrom("a😀", math.MaxInt/4) },
	} {
		if text := panicText(call); !strings.Contains(text, "out of range") {
			t.Errorf("%s of the largest length panics with %q, want the text of make", name, text)
		}
	}
}

// TestSmallestInput checks the arguments next to the bad ones.
func TestSmallestInput(t *testing.T) {
	source := draw(t, stream(1))
	if b := secrets.TokenBytes(0); b == nil || len(b) != 0 {
		t.Errorf("TokenBytes(0) = %#v, want []byte{}", b)
	}
	for name, s := range map[string]string{
		"TokenHex(0)":          secrets.TokenHex(0),
		"TokenURLSafe(0)":      secrets.TokenURLSafe(0),
		"TokenFrom(ab, 0)":     secrets.TokenFrom("ab", 0),
		"TokenFrom(äö, 0)":     secrets.TokenFrom("äö", 0),
		"TokenFrom(\\x00a, 0)": secrets.TokenFrom("\x00a", 0),
	} {
		if s != "" {
			t.Errorf("%s = %q, want nothing", name, s)
		}
	}
	if c := secrets.Choice([]string{"only"}); c != "only" {
		t.Errorf("Choice([only]) = %q", c)
	}
	if c := secrets.Choices([]int{7}, 0); c == nil || len(c) != 0 {
		t.Errorf("Choices([7], 0) = %#v, want []int{}", c)
	}
	if c := secrets.Choices([]int{7}, 3); !slices.Equal(c, []int{7, 7, 7}) {
		t.Errorf("Choices([7], 3) = %v", c)
	}
	if s := secrets.Sample([]int(nil), 0); s == nil || len(s) != 0 {
		t.Errorf("Sample(nil, 0) = %#v, want []int{}", s)
	}
	if s := secrets.Sample([]int{7}, 1); !slices.Equal(s, []int{7}) {
		t.Errorf("Sample([7], 1) = %v", s)
	}
	secrets.Shuffle([]int(nil))
	secrets.Shuffle([]int{7})
	if n := secrets.RandBelow(int8(1)); n != 0 {
		t.Errorf("RandBelow(1) = %d", n)
	}
	if n := secrets.RandBelowBig(big.NewInt(1)); n.Sign() != 0 {
		t.Errorf("RandBelowBig(1) = %v", n)
	}
	if n := secrets.RandBits(0); n.Sign() != 0 {
		t.Errorf("RandBits(0) = %v", n)
	}
	if source.bytes != 0 {
		t.Errorf("%d bytes were drawn for results that have only one value", source.bytes)
	}
}

// secrets.go

func TestCompareDigest(t *testing.T) {
	type key string
	type digest []byte
	if !secrets.CompareDigest(key("k"), "k") || secrets.CompareDigest(key("k"), "l") {
		t.Error("CompareDigest is wrong for a type defined on string")
	}
	if !secrets.CompareDigest(digest("k"), digest("k")) || secrets.CompareDigest(digest("k"), digest("l")) {
		t.Error("CompareDigest is wrong for a type defined on []byte")
	}
	if !secrets.CompareDigest([]byte(nil), []byte{}) {
		t.Error("CompareDigest(nil, []byte{}) is false")
	}
	if !secrets.CompareDigest("naïve 世界", "naïve 世界") || secrets.CompareDigest("naïve", "nai\u0308ve") {
		t.Error("CompareDigest is wrong for text that is not ASCII")
	}

	// One bit makes the difference, wherever it is.
	for n := range 70 {
		a := secrets.TokenBytes(n)
		for i := range 8 * n {
			b := slices.Clone(a)
			b[i/8] ^= 1 << (i % 8)
			if secrets.CompareDigest(a, b) || secrets.CompareDigest(string(a), string(b)) {
				t.Errorf("CompareDigest is true for %d bytes that differ in bit %d", n, i)
			}
		}
		if !secrets.CompareDigest(a, slices.Clone(a)) {
			t.Errorf("CompareDigest is false for %d equal bytes", n)
		}
	}
}

func FuzzCompareDigest(f *testing.F) {
	f.Add("", "")
	f.Add("a", "b")
	f.Add("a", "a\x00")
	f.Add("naïve", "nai\u0308ve")
	f.Add(strings.Repeat("k", 100), strings.Repeat("k", 99)+"q")
	f.Fuzz(func(t *testing.T, a, b string) {
		if got := secrets.CompareDigest(a, b); got != (a == b) {
			t.Errorf("CompareDigest(%q, %q) = %t", a, b, got)
		}
		if got := secrets.CompareDigest([]byte(a), []byte(b)); got != (a == b) {
			t.Errorf("CompareDigest of the bytes %q, %q = %t", a, b, got)
		}
		if !secrets.CompareDigest(a, strings.Clone(a)) {
			t.Errorf("CompareDigest(%q, %[1]q) is false", a)
		}
	})
}

// token.go

func TestCharacterClasses(t *testing.T) {
	all := secrets.Lowercase + secrets.Uppercase + secrets.Digits + secrets.Punctuation
	for c := '!'; c <= '~'; c++ {
		class := secrets.Punctuation
		switch {
		case 'a' <= c && c <= 'z':
			class = secrets.Lowercase
		case 'A' <= c && c <= 'Z':
			class = secrets.Uppercase
		case '0' <= c && c <= '9':
			class = secrets.Digits
		}
		if strings.Count(all, string(c)) != 1 || !strings.ContainsRune(class, c) {
			t.Errorf("%q is not in one class only, which is %q", c, class)
		}
	}
	if len(all) != '~'-'!'+1 {
		t.Errorf("the classes have %d characters, want %d", len(all), '~'-'!'+1)
	}
	if !slices.IsSorted([]byte(secrets.Punctuation)) {
		t.Errorf("Punctuation is not in ASCII order: %q", secrets.Punctuation)
	}
}

// TestTokenFromByte proves that the characters of an ASCII alphabet are equally
// likely: of the 256 bytes that one can be made of, each gets the same number,
// as large as can be, and the rest is rejected.
func TestTokenFromByte(t *testing.T) {
	step := 1
	if quick() {
		step = 6
	}
	var f feed
	draw(t, &f)
	for n := 2; n <= utf8.RuneSelf; n += step {
		alphabet := string(runes(0, n))
		character := func(b, after byte) int {
			f.rest = append(f.rest[:0], b, after, after, after)
			return int(secrets.TokenFrom(alphabet, 1)[0])
		}
		// A byte that is rejected shows what comes after it: the first character,
		// from the smallest byte that is not rejected, or the last.
		first := byte(0)
		for int(first)*n%256 < 256%n {
			first++
		}
		err := uniform(n, 1, 256/n, func(word []byte) (int, bool) {
			v := character(word[0], first)
			return v, v == character(word[0], 0xff)
		})
		if err != nil {
			t.Errorf("a character of %d: %v", n, err)
		}
	}
}

// TestTokenFromBytes shows that the characters of a string of any length are those
// of the accepted bytes, in the order in which these are drawn: what
// TestTokenFromByte says of one character is true of each, and they are
// independent.
func TestTokenFromBytes(t *testing.T) {
	for n := 2; n <= utf8.RuneSelf; n++ {
		alphabet := string(runes(0, n))
		for _, length := range []int{1, 2, 7, 20, 43, 64, 127, 128, 129, 257, 1000} {
			source := draw(t, stream(byte(n)))
			got := secrets.TokenFrom(alphabet, length)
			drawn := make([]byte, source.bytes)
			if _, err := io.ReadFull(stream(byte(n)), drawn); err != nil {
				t.Fatal(err)
			}
			var want []byte
			for _, x := range drawn {
				if int(x)*n%256 >= 256%n {
					want = append(want, byte(int(x)*n/256))
				}
			}
			if want = want[:min(len(want), length)]; got != string(want) {
				t.Errorf("TokenFrom over %d characters, %d = %q, want %q", n, length, got, want)
			}
		}
	}
}

// TestTokenFromWord is TestTokenFromByte for alphabets that are not ASCII, whose
// characters are made of words of one or two bytes.
func TestTokenFromWord(t *testing.T) {
	var f feed
	draw(t, &f)
	step := 1
	if quick() {
		step = 6
	}
	for n := 2; n <= 256; n += step {
		alphabet := string(runes('а', n))
		character := func() int {
			r, _ := utf8.DecodeRuneInString(secrets.TokenFrom(alphabet, 1))
			return int(r - 'а')
		}
		size := wordSize(uint64(n))
		if n%32 == 1 && !quick() {
			err := uniform(n, size, 1<<(8*size)/n, func(word []byte) (int, bool) { return try(&f, word, character) })
			if err != nil {
				t.Errorf("a character of %d: %v", n, err)
			}
		}
		// A call takes a microsecond or two, too long for all words of all sizes: the
		// other sizes get those where one character's words end and the next one's
		// begin, which TestRandBelowWord has found to be where the numbers change.
		for v := range n {
			checkWords(t, &f, "the number of a character", uint64(n), uint64(v), func() uint64 { return uint64(character()) })
		}
	}
}

// runes returns n characters from first on.
func runes(first rune, n int) []rune {
	s := make([]rune, n)
	for i := range s {
		s[i] = first + rune(i)
	}
	return s
}

// TestTokenFromDefault checks the default length against its definition: the
// least one that has alphabet^length >= 2^(8·DefaultEntropy).
func TestTokenFromDefault(t *testing.T) {
	// From a to b characters, as many as Unicode has, the default has one value.
	// As it only falls, its values at the ends say all.
	limit := pow2(8*secrets.DefaultEntropy, 0)
	least := func(n int) int {
		p, length := big.NewInt(1), 0
		for p.Cmp(limit) < 0 {
			p.Mul(p, big.NewInt(int64(n)))
			length++
		}
		return length
	}
	all := make([]rune, 0, utf8.MaxRune)
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if utf8.ValidRune(r) {
			all = append(all, r)
		}
	}
	check := func(n int) {
		if got := utf8.RuneCountInString(secrets.TokenFrom(string(all[:n]))); got != least(n) {
			t.Errorf("TokenFrom over %d characters has %d characters, want %d", n, got, least(n))
		}
	}
	most := len(all)
	if quick() {
		most = 3000
	}
	for a, b := 2, 0; a <= most; a = b + 1 {
		for lo, hi := a, len(all); lo <= hi; { // b is the last with the value of a.
			if mid := (lo + hi) / 2; least(mid) == least(a) {
				lo, b = mid+1, mid
			} else {
				hi = mid - 1
			}
		}
		check(a)
		check(b)
	}

	// The lengths that the documentation names.
	for alphabet, want := range map[string]int{
		secrets.Digits:                     78,
		secrets.Digits + "abcdef":          64,
		secrets.Lowercase + secrets.Digits: 50,
		base32:                             52,
		base62:                             43,
		base64c:                            43,
	} {
		if got := len(secrets.TokenFrom(alphabet)); got != want {
			t.Errorf("TokenFrom(%q) has %d characters, want %d", alphabet, got, want)
		}
	}
}

// TestTokenFromLengths checks alphabets of 2 to 300 characters, of one to four
// bytes and of a mixture, at lengths around every buffer's size.
func TestTokenFromLengths(t *testing.T) {
	step := 1
	if testing.Short() {
		step = 17
	}
	for _, first := range []rune{0, 'ÿ' - 40, '一', 'ﻀ', '😀' - 30} {
		for n := 2; n <= 300; n += step {
			alphabet := runes(first, n)
			for i := range 12 {
				// Every length from 0 to 300 comes up, with some alphabet.
				length := (i*27 + n) % 301
				s := secrets.TokenFrom(string(alphabet), length)
				if !utf8.ValidString(s) || utf8.RuneCountInString(s) != length {
					t.Fatalf("TokenFrom over %d characters from %q on has %d characters, want %d: %q",
						n, first, utf8.RuneCountInString(s), length, s)
				}
				for _, r := range s {
					if r < first || r >= first+rune(n) {
						t.Fatalf("TokenFrom over %d characters from %q on returned %q", n, first, r)
					}
				}
			}
		}
	}
	for length := range 301 {
		s := secrets.TokenFrom(base62, length)
		if len(s) != length || strings.Trim(s, base62) != "" {
			t.Fatalf("TokenFrom(base62, %d) = %q", length, s)
		}
	}
}

func FuzzTokenFrom(f *testing.F) {
	f.Add("ab", 20)
	f.Add("", 0)
	f.Add("a", 1)
	f.Add("aa", 0)
	f.Add("αβγ", -1)
	f.Add("a\xff", 3)
	f.Add("\ufffda", 3)
	f.Add("世界😀", 100)
	f.Add(base64c, 300)
	f.Add(base62+"ä", 129)
	f.Fuzz(func(t *testing.T, alphabet string, length int) {
		if length > 0 {
			length %= 10_000 // TestBadInput has those that overflow.
		}
		count := map[rune]int{}
		for _, r := range alphabet {
			count[r]++
		}
		good := utf8.ValidString(alphabet) && len(count) >= 2 &&
			len(count) == utf8.RuneCountInString(alphabet) && length >= 0

		var s string
		text := panicText(func() { s = secrets.TokenFrom(alphabet, length) })
		if !good {
			if !strings.HasPrefix(text, "secrets: TokenFrom: ") {
				t.Fatalf("TokenFrom(%q, %d) panics with %q", alphabet, length, text)
			}
			return
		}
		if text != "" || !utf8.ValidString(s) || utf8.RuneCountInString(s) != length {
			t.Fatalf("TokenFrom(%q, %d) = %q, panic %q", alphabet, length, s, text)
		}
		for _, r := range s {
			if count[r] == 0 {
				t.Fatalf("TokenFrom(%q, %d) = %q, which has %q", alphabet, length, s, r)
			}
		}
	})
}

// random.go

// uniform feeds every word of size bytes to call, which returns a number, or
// false if it rejects the word. It returns an error unless the numbers are in
// [0, n) and each comes from the same number of words, want.
func uniform(n, size, want int, call func(word []byte) (v int, ok bool)) error {
	count := make([]int, n)
	var word [8]byte
	for x := range uint64(1) << (8 * size) {
		binary.BigEndian.PutUint64(word[:], x)
		v, ok := call(word[8-size:])
		if !ok {
			continue
		}
		if v < 0 || v >= n {
			return fmt.Errorf("the word %x gives %d, which is not in [0, %d)", word[8-size:], v, n)
		}
		count[v]++
	}
	for v, c := range count {
		if c != want {
			return fmt.Errorf("%d words of %d bytes give %d, want %d as for each number below %d", c, size, v, want, n)
		}
	}
	return nil
}

// TestUniform checks the checker: it must report each wrong mapping, and must
// not report the right ones.
func TestUniform(t *testing.T) {
	number := func(word []byte) int {
		x := 0
		for _, b := range word {
			x = x<<8 | int(b)
		}
		return x
	}
	for name, call := range map[string]func(n, words, x int) (int, bool){
		"modulo":           func(n, words, x int) (int, bool) { return x % n, true },
		"scaling":          func(n, words, x int) (int, bool) { return x * n / words, true },
		"limit too high":   func(n, words, x int) (int, bool) { return x % n, x <= words-words%n },
		"limit too low":    func(n, words, x int) (int, bool) { return x % n, x < words-words%n-1 },
		"one block short":  func(n, words, x int) (int, bool) { return x % n, x < words-words%n-n },
		"no largest value": func(n, words, x int) (int, bool) { return x % (n - 1), x < words-words%(n-1) },
		"one value more":   func(n, words, x int) (int, bool) { return x % (n + 1), x < words-words%(n+1) },
		"nothing":          func(n, words, x int) (int, bool) { return 0, false },
	} {
		for _, n := range []int{3, 10, 62, 200} {
			for size := 1; size <= 2; size++ {
				words := 1 << (8 * size)
				if uniform(n, size, words/n, func(word []byte) (int, bool) { return call(n, words, number(word)) }) == nil {
					t.Errorf("uniform does not see the bias of %q for n = %d and %d bytes", name, n, size)
				}
			}
		}
	}
	for n := 1; n <= 256; n++ {
		err := uniform(n, 1, 256/n, func(word []byte) (int, bool) { return int(word[0]) % n, int(word[0]) < 256-256%n })
		if err != nil {
			t.Errorf("uniform sees a bias where there is none: %v", err)
		}
	}
}

// wordSize returns the number of bytes that a number below n is made of: as few
// as hold n-1, and one more unless n is a power of two.
func wordSize(n uint64) int {
	size := 0
	for m := n - 1; m > 0; m >>= 8 {
		size++
	}
	if bits.OnesCount64(n) > 1 {
		size++
	}
	return size
}

// checkWords checks, in exact arithmetic, what call makes of the words at the
// lower end of those for v, a number below n: the last for v-1, and the first
// two for v. Some of them are rejected.
func checkWords(t *testing.T, f *feed, name string, n, v uint64, call func() uint64) {
	t.Helper()
	size := wordSize(n)
	words := pow2(uint(8*size), 0) // 2^w
	bign := new(big.Int).SetUint64(n)

	x := new(big.Int).SetUint64(v)
	x.Mul(x, words).Add(x, bign).Sub(x, big.NewInt(1)).Div(x, bign) // ⌈v·2^w/n⌉
	x.Sub(x, big.NewInt(1))
	for range 3 {
		if x.Sign() >= 0 && x.Cmp(words) < 0 {
			want, fraction := new(big.Int).QuoRem(new(big.Int).Mul(x, bign), words, new(big.Int))
			wantOK := fraction.Cmp(new(big.Int).Mod(words, bign)) >= 0
			got, ok := try(f, x.FillBytes(make([]byte, size)), call)
			switch {
			case ok != wantOK:
				t.Errorf("%s below %d: the word %#x is accepted: %t, want %t", name, n, x, ok, wantOK)
			case ok && got != want.Uint64():
				t.Errorf("%s below %d: the word %#x gives %d, want %d", name, n, x, got, want)
			case ok && len(f.rest) > 0:
				t.Errorf("%s below %d: %d of the %d bytes of the word %#x were not drawn", name, n, len(f.rest), size, x)
			}
		}
		x.Add(x, big.NewInt(1))
	}
}

// TestRandBelowWord proves that RandBelow(n) and Choice of n are uniform, for n
// to 256: it feeds them every word that they can draw.
func TestRandBelowWord(t *testing.T) {
	var f feed
	draw(t, &f)
	step := 1
	if quick() {
		step = 51 // 1, 52, 103, 154, 205, 256
	}
	for n := 1; n <= 256; n += step {
		size := wordSize(uint64(n))
		err := uniform(n, size, 1<<(8*size)/n, func(word []byte) (int, bool) {
			return try(&f, word, func() int { return secrets.RandBelow(n) })
		})
		if err != nil {
			t.Errorf("RandBelow: %v", err)
		}
		s := numbers(n)
		err = uniform(n, size, 1<<(8*size)/n, func(word []byte) (int, bool) {
			return try(&f, word, func() int { return secrets.Choice(s) })
		})
		if err != nil {
			t.Errorf("Choice: %v", err)
		}
	}
}

// TestRandBelowWideWord is the same for an n above 256, which is made of three
// bytes, and for a power of two, which is made of two.
func TestRandBelowWideWord(t *testing.T) {
	if quick() {
		t.Skip("16 million words take a second")
	}
	var f feed
	draw(t, &f)
	for _, n := range []int{1000, 1 << 15} {
		size := wordSize(uint64(n))
		err := uniform(n, size, 1<<(8*size)/n, func(word []byte) (int, bool) {
			return try(&f, word, func() int { return secrets.RandBelow(n) })
		})
		if err != nil {
			t.Errorf("RandBelow: %v", err)
		}
	}
}

// boundaries returns the numbers, up to most, near which a mapping of words
// goes wrong: near the powers of two, some with many rejections.
func boundaries(most uint64) []uint64 {
	var s []uint64
	for k := range 64 {
		p := uint64(1) << k
		for _, n := range []uint64{p - 1, p, p + 1, p + p/2, p + p/2 + 1, p/256 + p} {
			if 0 < n && n <= most {
				s = append(s, n)
			}
		}
	}
	s = append(s, most-1, most)
	slices.Sort(s)
	return slices.Compact(s)
}

type integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// testRandBelow checks RandBelow of one type, around both ends of its results
// and some between.
func testRandBelow[N integer](t *testing.T, most N) {
	var f feed
	draw(t, &f)
	name := fmt.Sprintf("RandBelow of %T", most)
	for _, n := range boundaries(uint64(most)) {
		call := func() uint64 { return uint64(secrets.RandBelow(N(n))) }
		for _, v := range []uint64{0, 1, n / 3, n / 2, n - 2, n - 1} {
			if v < n {
				checkWords(t, &f, name, n, v, call)
			}
		}
		// The largest word gives the largest value.
		v, ok := try(&f, bytes.Repeat([]byte{0xff}, wordSize(n)), call)
		if !ok || v != n-1 {
			t.Errorf("%s below %d: the largest word gives %d, %t, want %d", name, n, v, ok, n-1)
		}
	}
}

func TestRandBelowTypes(t *testing.T) {
	type named uint16
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
	testRandBelow[named](t, math.MaxUint16)
	testRandBelow[time.Duration](t, math.MaxInt64)
}

func FuzzRandBelow(f *testing.F) {
	for _, n := range []uint64{0, 1, 2, 10, 127, 128, 255, 256, 257, 1 << 16, 1 << 31, 1<<32 - 1, 1 << 32, 1<<56 + 1, 1 << 63, 1<<63 + 1, math.MaxUint64} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n uint64) {
		fuzzRandBelow(t, int(n))
		fuzzRandBelow(t, int8(n))
		fuzzRandBelow(t, int16(n))
		fuzzRandBelow(t, int32(n))
		fuzzRandBelow(t, int64(n))
		fuzzRandBelow(t, uint(n))
		fuzzRandBelow(t, uint8(n))
		fuzzRandBelow(t, uint16(n))
		fuzzRandBelow(t, uint32(n))
		fuzzRandBelow(t, n)
		fuzzRandBelow(t, uintptr(n))
		fuzzRandBelow(t, time.Duration(n))
	})
}

func fuzzRandBelow[N integer](t *testing.T, n N) {
	t.Helper()
	var v N
	text := panicText(func() { v = secrets.RandBelow(n) })
	if n <= 0 {
		if text != "secrets: RandBelow: n <= 0" {
			t.Errorf("RandBelow(%T(%[1]v)) panics with %q", n, text)
		}
	} else if text != "" || v < 0 || v >= n {
		t.Errorf("RandBelow(%T(%[1]v)) = %v, panic %q", n, v, text)
	}
}

// TestDigits proves that the numbers that Choices, Sample, Shuffle and TokenFrom
// take from one word are those of RandBelow: the digits of one number below the
// product of their bounds, the least significant first.
func TestDigits(t *testing.T) {
	// digits returns what the random bytes in the stream seed should become: a
	// number below each of k bounds, n, n-step, n-2·step and so on.
	digits := func(seed byte, n, step, k int) []int {
		draw(t, stream(seed))
		var s []int
		for len(s) < k {
			product, most := big.NewInt(1), pow2(64, 0)
			var bounds []int
			for len(s)+len(bounds) < k {
				b := n - (len(s)+len(bounds))*step
				p := new(big.Int).Mul(product, big.NewInt(int64(b)))
				if p.Cmp(most) >= 0 {
					break
				}
				product, bounds = p, append(bounds, b)
			}
			x := secrets.RandBelow(product.Uint64())
			for _, b := range bounds {
				s = append(s, int(x%uint64(b)))
				x /= uint64(b)
			}
		}
		return s
	}

	seed := byte(0)
	for _, n := range []int{1, 2, 3, 10, 62, 255, 256, 257, 1000, 1 << 16, 1 << 20} {
		for _, k := range []int{1, 2, 3, 4, 7, 8, 9, 40, 41, 63, 64, 65, 200} {
			seed++
			want := digits(seed, n, 0, k)
			draw(t, stream(seed))
			if got := secrets.Choices(numbers(n), k); !slices.Equal(got, want) {
				t.Errorf("Choices of %d, %d = %v, want %v", n, k, got, want)
			}
			if n > 1 && n <= 1000 {
				draw(t, stream(seed))
				var got []int
				for _, r := range secrets.TokenFrom(string(runes('一', n)), k) {
					got = append(got, int(r-'一'))
				}
				if !slices.Equal(got, want) {
					t.Errorf("TokenFrom over %d, %d = %v, want %v", n, k, got, want)
				}
			}

			if k > n {
				continue
			}
			// The same swaps on a whole copy.
			all := numbers(n)
			for i, d := range digits(seed, n, 1, k) {
				all[i], all[i+d] = all[i+d], all[i]
			}
			draw(t, stream(seed))
			if got := secrets.Sample(numbers(n), k); !slices.Equal(got, all[:k]) {
				t.Errorf("Sample of %d, %d = %v, want %v", n, k, got, all[:k])
			}
		}
	}
	for n := range 100 {
		want := numbers(n)
		for i, d := range digits(1, n, 1, max(n-1, 0)) {
			last := n - 1 - i
			want[last], want[d] = want[d], want[last]
		}
		draw(t, stream(1))
		got := numbers(n)
		secrets.Shuffle(got)
		if !slices.Equal(got, want) {
			t.Errorf("Shuffle of %d gives %v, want %v", n, got, want)
		}
	}
}

// everyWord calls call with a word for each number below n, and returns the set
// of its results. TestDigits shows why these are all sequences of numbers that
// call can draw.
func everyWord(t *testing.T, f *feed, n int, call func() string) map[string]bool {
	t.Helper()
	results := map[string]bool{}
	size := wordSize(uint64(n))
	words := uint64(1) << (8 * size)
	for v := range n {
		// Of the first two words for v, one is accepted.
		x := (uint64(v)*words + uint64(n) - 1) / uint64(n)
		var word [8]byte
		for range 2 {
			binary.BigEndian.PutUint64(word[:], x)
			got, ok := try(f, word[8-size:], func() int { return secrets.RandBelow(n) })
			if ok {
				if got != v {
					t.Fatalf("RandBelow(%d) makes %d of the word %#x, want %d", n, got, x, v)
				}
				break
			}
			x++
		}
		result, ok := try(f, word[8-size:], call)
		if !ok || len(f.rest) > 0 {
			t.Fatalf("call does not draw one number below %d", n)
		}
		if results[result] {
			t.Errorf("%s comes from two words below %d", result, n)
		}
		results[result] = true
	}
	return results
}

// TestEveryOrder proves that Shuffle, Sample and Choices give every result from
// one sequence of numbers, and so all with the same probability.
func TestEveryOrder(t *testing.T) {
	var f feed
	draw(t, &f)
	for n := range 7 {
		orders := 1
		for i := range n {
			orders *= i + 1
		}
		all := everyWord(t, &f, orders, func() string {
			s := numbers(n)
			secrets.Shuffle(s)
			sorted := slices.Sorted(slices.Values(s))
			if !slices.Equal(sorted, numbers(n)) {
				t.Errorf("Shuffle of %v gives %v", numbers(n), s)
			}
			return fmt.Sprint(s)
		})
		if len(all) != orders {
			t.Errorf("Shuffle gives %d orders of %d, want %d", len(all), n, orders)
		}

		samples, tuples := 1, 1
		for k := range n + 1 {
			all := everyWord(t, &f, samples, func() string {
				s := numbers(n)
				r := secrets.Sample(s, k)
				if !slices.Equal(s, numbers(n)) {
					t.Errorf("Sample changes its argument to %v", s)
				}
				sorted := slices.Sorted(slices.Values(r))
				if len(r) != k || len(slices.Compact(sorted)) != k || k > 0 && (sorted[0] < 0 || sorted[k-1] >= n) {
					t.Errorf("Sample of %v, %d = %v", s, k, r)
				}
				return fmt.Sprint(r)
			})
			if len(all) != samples {
				t.Errorf("Sample of %d, %d gives %d samples, want %d", n, k, len(all), samples)
			}
			if n > 0 {
				all := everyWord(t, &f, tuples, func() string {
					r := secrets.Choices(numbers(n), k)
					if len(r) != k || k > 0 && (slices.Min(r) < 0 || slices.Max(r) >= n) {
						t.Errorf("Choices of %v, %d = %v", numbers(n), k, r)
					}
					return fmt.Sprint(r)
				})
				if len(all) != tuples {
					t.Errorf("Choices of %d, %d gives %d tuples, want %d", n, k, len(all), tuples)
				}
			}
			samples *= n - k
			tuples *= n
		}
	}
}

// TestSliceTypes checks that a named slice type goes in and comes out.
func TestSliceTypes(t *testing.T) {
	type deck []string
	d := deck{"a", "b", "c"}
	var choices, sample deck = secrets.Choices(d, 5), secrets.Sample(d, 2)
	secrets.Shuffle(d)
	if len(choices) != 5 || len(sample) != 2 || len(d) != 3 {
		t.Errorf("Choices, Sample and Shuffle give %v, %v and %v", choices, sample, d)
	}
	if s := secrets.Sample(d[:1:1], 1); &s[0] == &d[0] {
		t.Error("Sample returns a part of its argument")
	}
	if s := secrets.Choices(d[:1:1], 1); &s[0] == &d[0] {
		t.Error("Choices returns a part of its argument")
	}
}

func FuzzSample(f *testing.F) {
	f.Add(uint16(0), uint16(0))
	f.Add(uint16(1), uint16(1))
	f.Add(uint16(52), uint16(5))
	f.Add(uint16(5), uint16(6))
	f.Add(uint16(1000), uint16(1000))
	f.Add(uint16(math.MaxUint16), uint16(5))
	f.Fuzz(func(t *testing.T, n, k uint16) {
		s := numbers(int(n))
		var r []int
		text := panicText(func() { r = secrets.Sample(s, int(k)) })
		if k > n {
			if text != "secrets: Sample: k > len(s)" {
				t.Fatalf("Sample of %d, %d panics with %q", n, k, text)
			}
			return
		}
		if text != "" || len(r) != int(k) || !slices.Equal(s, numbers(int(n))) {
			t.Fatalf("Sample of %d, %d has %d elements, panic %q", n, k, len(r), text)
		}
		slices.Sort(r)
		if len(slices.Compact(r)) != int(k) || k > 0 && (r[0] < 0 || r[k-1] >= int(n)) {
			t.Errorf("Sample of %d, %d = %v, sorted", n, k, r)
		}
	})
}

func FuzzShuffle(f *testing.F) {
	for _, n := range []uint16{0, 1, 2, 20, 21, 52, 256, 257, math.MaxUint16} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n uint16) {
		s := numbers(int(n))
		secrets.Shuffle(s)
		slices.Sort(s)
		if !slices.Equal(s, numbers(int(n))) {
			t.Errorf("Shuffle of %d loses or repeats an element: %v, sorted", n, s)
		}
	})
}

// TestRandBelowBigWord proves that RandBelowBig is uniform: for n to 256 it
// feeds every byte. The k bits of n-1 are the first of the byte, and so many
// bytes give each number.
func TestRandBelowBigWord(t *testing.T) {
	var f feed
	draw(t, &f)
	for n := 1; n <= 256; n++ {
		k := bits.Len(uint(n - 1))
		size := (k + 7) / 8
		err := uniform(n, size, 1<<(8*size-k), func(word []byte) (int, bool) {
			return try(&f, word, func() int { return int(secrets.RandBelowBig(big.NewInt(int64(n))).Int64()) })
		})
		if err != nil {
			t.Errorf("RandBelowBig: %v", err)
		}
	}
}

// TestRandBelowBigWide checks, around each power of two, that the largest value
// is reached, that n itself is rejected and what comes after it is taken, and
// that no byte more than needed is drawn.
func TestRandBelowBigWide(t *testing.T) {
	for k := uint(1); k <= 600; k++ {
		for _, n := range []*big.Int{pow2(k, -1), pow2(k, 0), pow2(k, 1)} {
			last := new(big.Int).Sub(n, big.NewInt(1))
			if last.Sign() == 0 {
				continue
			}
			size := (last.BitLen() + 7) / 8
			word := func(x *big.Int) []byte {
				return new(big.Int).Lsh(x, uint(8*size-last.BitLen())).FillBytes(make([]byte, size))
			}
			copyOfN := new(big.Int).Set(n)

			source := draw(t, &feed{word(last)})
			if got := secrets.RandBelowBig(n); got.Cmp(last) != 0 || source.bytes != size || source.reads != 1 {
				t.Errorf("RandBelowBig(%v) = %v after %d bytes in %d reads, want %v after %d in 1",
					n, got, source.bytes, source.reads, last, size)
			}
			if n.BitLen() == last.BitLen() {
				draw(t, &feed{append(word(n), word(last)...)})
				if got := secrets.RandBelowBig(n); got.Cmp(last) != 0 {
					t.Errorf("RandBelowBig(%v) = %v, want %v after a rejected word", n, got, last)
				}
			}
			draw(t, &feed{make([]byte, size)})
			if got := secrets.RandBelowBig(n); got.Sign() != 0 {
				t.Errorf("RandBelowBig(%v) = %v, want 0", n, got)
			}
			if n.Cmp(copyOfN) != 0 {
				t.Errorf("RandBelowBig changes its argument from %v to %v", copyOfN, n)
			}
		}
	}
}

func FuzzRandBelowBig(f *testing.F) {
	f.Add([]byte{}, false)
	f.Add([]byte{1}, false)
	f.Add([]byte{1}, true)
	f.Add([]byte{255}, false)
	f.Add([]byte{1, 0}, false)
	f.Add([]byte{1, 1}, false)
	f.Add(bytes.Repeat([]byte{255}, 65), false)
	f.Fuzz(func(t *testing.T, b []byte, negative bool) {
		n := new(big.Int).SetBytes(b)
		if negative {
			n.Neg(n)
		}
		var v *big.Int
		text := panicText(func() { v = secrets.RandBelowBig(n) })
		if n.Sign() <= 0 {
			if text != "secrets: RandBelowBig: n <= 0" {
				t.Errorf("RandBelowBig(%v) panics with %q", n, text)
			}
		} else if text != "" || v.Sign() < 0 || v.Cmp(n) >= 0 {
			t.Errorf("RandBelowBig(%v) = %v, panic %q", n, v, text)
		}
	})
}

// TestRandBitsBits checks that bit i of the stream, counted from the first, is
// bit k-1-i of the number, and that the bits after the first k have no effect.
func TestRandBitsBits(t *testing.T) {
	for _, k := range []int{1, 7, 8, 9, 24, 63, 64, 65, 173, 511, 512, 513, 600} {
		size := (k + 7) / 8
		for i := range 8 * size {
			b := make([]byte, size)
			b[i/8] = 0x80 >> (i % 8)
			draw(t, &feed{b})
			want := new(big.Int)
			if i < k {
				want.SetBit(want, k-1-i, 1)
			}
			if got := secrets.RandBits(k); got.Cmp(want) != 0 {
				t.Errorf("RandBits(%d) = %#x from the bit %d of the stream, want %#x", k, got, i, want)
			}
		}
	}
}

func FuzzRandBits(f *testing.F) {
	for _, k := range []int{-1, 0, 1, 7, 8, 9, 173, 511, 512, 513, math.MinInt} {
		f.Add(k)
	}
	f.Fuzz(func(t *testing.T, k int) {
		if k > 100_000 {
			k %= 100_000 // to keep the result small
		}
		var n *big.Int
		text := panicText(func() { n = secrets.RandBits(k) })
		if k < 0 {
			if text != "secrets: RandBits: k < 0" {
				t.Errorf("RandBits(%d) panics with %q", k, text)
			}
		} else if text != "" || n.Sign() < 0 || n.BitLen() > k {
			t.Errorf("RandBits(%d) = %v, panic %q", k, n, text)
		}
	})
}

func TestSystemRandom(t *testing.T) {
	var f feed
	draw(t, &f)
	for i := range 64 {
		want := uint64(1) << i
		for _, v := range []uint64{want, ^want, want - 1, 0, math.MaxUint64} {
			got, ok := try(&f, binary.BigEndian.AppendUint64(nil, v), secrets.SystemRandom{}.Uint64)
			if !ok || got != v || len(f.rest) > 0 {
				t.Errorf("Uint64() = %#x from the bytes %#x", got, v)
			}
		}
	}
}

// TestBits is the one statistical test. It counts the ones in a million bits of
// the real source. By Hoeffding's inequality their number is 3,300 or more away
// from half a million with a probability of at most 2·exp(-2·3300²/10⁶), which
// is 7·10⁻¹⁰: the test fails that often if nothing is wrong.
func TestBits(t *testing.T) {
	ones := 0
	for _, b := range secrets.TokenBytes(1_000_000 / 8) {
		ones += bits.OnesCount8(b)
	}
	if ones <= 500_000-3_300 || ones >= 500_000+3_300 {
		t.Errorf("%d of a million bits are 1", ones)
	}
}

// Faults of the source, for every function.

// TestFailingSource runs every call in a process of its own, on a source that
// fails at once or after some bytes. The process must die without a value, even
// though the call is made under a deferred recover.
func TestFailingSource(t *testing.T) {
	const env = "SECRETS_TEST_FAILING_SOURCE"
	if name, left, ok := strings.Cut(os.Getenv(env), " "); ok {
		n, err := strconv.Atoi(left)
		if err != nil {
			t.Fatal(err)
		}
		rand.Reader = &failing{left: n}
		defer func() { fmt.Println("RECOVERED", recover()) }()
		for _, c := range calls {
			if c.name == name {
				fmt.Println("VALUE", c.call())
			}
		}
		return
	}

	self, err := os.Executable()
	if err != nil {
		t.Skip(err)
	}
	if err := exec.Command(self, "-test.run=^$").Run(); err != nil {
		t.Skipf("this test's binary does not run as a subprocess, as on js or in an emulator: %v", err)
	}
	for _, c := range calls {
		lefts := []int{0, 5}
		if strings.HasSuffix(c.name, "Long") {
			lefts = append(lefts, 1700) // in a later chunk
		}
		for _, left := range lefts {
			t.Run(fmt.Sprintf("%s/%d", c.name, left), func(t *testing.T) {
				t.Parallel()
				cmd := exec.Command(self, "-test.run=^TestFailingSource$")
				cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s %d", env, c.name, left))
				out, err := cmd.CombinedOutput()
				if err == nil {
					t.Error("the process did not fail")
				}
				if !bytes.Contains(out, []byte("fatal error: crypto/rand: failed to read random data")) {
					t.Errorf("crypto/rand did not end the process, which printed %.500s", out)
				}
				if bytes.Contains(out, []byte("VALUE")) || bytes.Contains(out, []byte("RECOVERED")) {
					t.Errorf("the call outlived the failure, and printed %.500s", out)
				}
			})
		}
	}
}

// TestOneByteReads checks that a source that serves one byte at a time gives
// the same results. A short read taken for a full one is CVE-2021-3538, in
// github.com/satori/go.uuid: the rest of the UUID was zeros.
func TestOneByteReads(t *testing.T) {
	for _, c := range calls {
		draw(t, stream(7))
		want := c.call()
		draw(t, iotest.OneByteReader(stream(7)))
		if got := c.call(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s = %v from single bytes, want %v", c.name, got, want)
		}
	}
}

// TestStuckSource checks that every call ends in a value or a panic if the
// source serves the same byte for ever.
func TestStuckSource(t *testing.T) {
	const stuck = "secrets: the random source is stuck"
	for _, c := range calls {
		for b := range 256 {
			draw(t, &constant{value: byte(b)})
			if text := panicText(func() { c.call() }); text != "" && text != stuck {
				t.Errorf("%s on a source of %#02x panics with %q", c.name, b, text)
			}
		}
	}

	// Each loop that rejects has its bound, which a good source must reach with a
	// probability below 2^-100. So many rejections, each of a probability below
	// 1/2, have 2^-128.
	const tries = 128
	for _, c := range []struct {
		name  string
		value byte
		call  func()
	}{
		{"RandBelow(3)", 0, func() { secrets.RandBelow(3) }},
		{"RandBelow(2^63 + 1)", 0, func() { secrets.RandBelow(uint64(1)<<63 + 1) }},
		{"Choice of 3", 0, func() { secrets.Choice(numbers(3)) }},
		{"Choices of 3", 0, func() { secrets.Choices(numbers(3), 5) }},
		{"Sample of 3", 0, func() { secrets.Sample(numbers(3), 2) }},
		{"Shuffle of 3", 0, func() { secrets.Shuffle(numbers(3)) }},
		{"TokenFrom(abc)", 0, func() { secrets.TokenFrom("abc", 9) }},
		{"TokenFrom(абв)", 0, func() { secrets.TokenFrom("абв", 9) }},
		{"RandBelowBig(3)", 0xff, func() { secrets.RandBelowBig(big.NewInt(3)) }},
		{"RandBelowBig(2^172 + 1)", 0xff, func() { secrets.RandBelowBig(pow2(172, 1)) }},
	} {
		source := draw(t, &constant{value: c.value})
		if text := panicText(c.call); text != stuck {
			t.Errorf("%s on a source of %#02x panics with %q, want %q", c.name, c.value, text, stuck)
		}
		if source.reads != tries {
			t.Errorf("%s gives up after %d tries, want %d", c.name, source.reads, tries)
		}
	}
}

// TestConcurrent makes every call from many goroutines. No result comes twice.
func TestConcurrent(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 20
	}
	var mu sync.Mutex
	seen := map[string]bool{}
	var wg sync.WaitGroup
	for range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range rounds {
				for _, c := range calls {
					s := fmt.Sprint(c.name, c.call())
					mu.Lock()
					if seen[s] {
						t.Errorf("this came twice: %s", s)
					}
					seen[s] = true
					mu.Unlock()
				}
			}
		}()
	}
	wg.Wait()
	if want := 16 * rounds * len(calls); len(seen) != want {
		t.Errorf("%d results, want %d", len(seen), want)
	}
}

// Known failures of others.

// TestNoDigitForced: the tokens of github.com/Masterminds/goutils always had a
// digit, which makes them easier to guess (CVE-2021-4238).
func TestNoDigitForced(t *testing.T) {
	draw(t, &constant{value: 1})
	if s := secrets.TokenFrom(base62, 50); s != strings.Repeat("a", 50) {
		t.Errorf("TokenFrom(base62, 50) = %q on a source of 1, want only a", s)
	}
}

// TestLimit: a limit of rejection that is off by one gives one word too many to
// one number. Below 10, two bytes have a surplus of 6 words.
func TestLimit(t *testing.T) {
	var f feed
	draw(t, &f)
	rejected := 0
	for x := range 65536 {
		_, ok := try(&f, binary.BigEndian.AppendUint16(nil, uint16(x)), func() int { return secrets.RandBelow(10) })
		if !ok {
			rejected++
		}
	}
	if rejected != 65536%10 {
		t.Errorf("RandBelow(10) rejects %d words, want %d", rejected, 65536%10)
	}
}

// TestZero: a mask for powers of two lets 0 through, whose n-1 is the largest
// number there is. The zero of each type must be refused.
func TestZero(t *testing.T) {
	for name, call := range map[string]func(){
		"int":      func() { secrets.RandBelow(int(0)) },
		"int8":     func() { secrets.RandBelow(int8(0)) },
		"int16":    func() { secrets.RandBelow(int16(0)) },
		"int32":    func() { secrets.RandBelow(int32(0)) },
		"int64":    func() { secrets.RandBelow(int64(0)) },
		"uint":     func() { secrets.RandBelow(uint(0)) },
		"uint8":    func() { secrets.RandBelow(uint8(0)) },
		"uint16":   func() { secrets.RandBelow(uint16(0)) },
		"uint32":   func() { secrets.RandBelow(uint32(0)) },
		"uint64":   func() { secrets.RandBelow(uint64(0)) },
		"uintptr":  func() { secrets.RandBelow(uintptr(0)) },
		"Duration": func() { secrets.RandBelow(time.Duration(0)) },
	} {
		if text := panicText(call); text != "secrets: RandBelow: n <= 0" {
			t.Errorf("RandBelow(%s(0)) panics with %q", name, text)
		}
	}
}

// TestMultiByteAlphabet: an alphabet indexed by bytes gives strings that are not
// UTF-8, and of the wrong length.
func TestMultiByteAlphabet(t *testing.T) {
	for _, alphabet := range []string{"äöüß", "дом", "世界你好", "😀😁😂", "aä世😀"} {
		s := secrets.TokenFrom(alphabet, 100)
		if !utf8.ValidString(s) || utf8.RuneCountInString(s) != 100 || strings.Trim(s, alphabet) != "" {
			t.Errorf("TokenFrom(%q, 100) = %q", alphabet, s)
		}
	}
}

// TestEmptyAlphabet: many packages never return from an empty alphabet, as no
// byte is below 0.
func TestEmptyAlphabet(t *testing.T) {
	for _, length := range []int{0, 1, 20} {
		if text := panicText(func() { secrets.TokenFrom("", length) }); !strings.HasPrefix(text, "secrets: TokenFrom: ") {
			t.Errorf("TokenFrom of nothing, %d panics with %q", length, text)
		}
	}
}

// TestLargestValue: a source that is shifted or masked wrongly never returns
// its largest value. Every function reaches its own.
func TestLargestValue(t *testing.T) {
	draw(t, &constant{value: 0xff})
	if v := (secrets.SystemRandom{}).Uint64(); v != math.MaxUint64 {
		t.Errorf("Uint64() = %#x on a source of ones", v)
	}
	if v := secrets.RandBelow(uint64(math.MaxUint64)); v != math.MaxUint64-1 {
		t.Errorf("RandBelow(2^64 - 1) = %#x on a source of ones", v)
	}
	if v := secrets.RandBits(173); v.Cmp(pow2(173, -1)) != 0 {
		t.Errorf("RandBits(173) = %#x on a source of ones", v)
	}
	if v := secrets.RandBelowBig(pow2(173, 0)); v.Cmp(pow2(173, -1)) != 0 {
		t.Errorf("RandBelowBig(2^173) = %#x on a source of ones", v)
	}
	if v := secrets.Choice(numbers(1000)); v != 999 {
		t.Errorf("Choice of 1000 = %d on a source of ones", v)
	}
	if s := secrets.TokenFrom(base62, 3); s != "999" {
		t.Errorf("TokenFrom(base62, 3) = %q on a source of ones", s)
	}
}

// What a call costs, as far as noise cannot change it.

// TestAllocations: the result is the one allocation, and there is none where the
// result is a number. An allocation more would be a buffer with a secret in it.
func TestAllocations(t *testing.T) {
	if race() {
		t.Skip("the race detector allocates")
	}
	deck, text, key := numbers(52), strings.Repeat("k", 1000), bytes.Repeat([]byte("k"), 1000)
	// In FIPS mode, crypto/rand.Read itself allocates.
	read := testing.AllocsPerRun(100, func() { var b [8]byte; rand.Read(b[:]) })
	for _, c := range []struct {
		name  string
		want  float64
		reads float64
		call  func()
	}{
		{"TokenBytes()", 1, 1, func() { sinkBytes = secrets.TokenBytes() }},
		{"TokenBytes(100000)", 1, 1, func() { sinkBytes = secrets.TokenBytes(100_000) }},
		{"TokenHex()", 1, 1, func() { sinkString = secrets.TokenHex() }},
		{"TokenHex(64)", 1, 1, func() { sinkString = secrets.TokenHex(64) }},
		{"TokenHex(2000)", 1, 2, func() { sinkString = secrets.TokenHex(2000) }},
		{"TokenURLSafe()", 1, 1, func() { sinkString = secrets.TokenURLSafe() }},
		{"TokenURLSafe(64)", 1, 1, func() { sinkString = secrets.TokenURLSafe(64) }},
		{"TokenURLSafe(2000)", 1, 2, func() { sinkString = secrets.TokenURLSafe(2000) }},
		{"TokenFrom(base64, 21)", 1, 1, func() { sinkString = secrets.TokenFrom(base64c, 21) }},
		{"TokenFrom(base64, 1000)", 1, 8, func() { sinkString = secrets.TokenFrom(base64c, 1000) }},
		{"TokenFrom(base32)", 1, 1, func() { sinkString = secrets.TokenFrom(base32) }},
		// The alphabet's characters, which are no secret, are the other one.
		{"TokenFrom(64 Chinese characters, 10)", 2, 1, func() { sinkString = secrets.TokenFrom(chinese64, 10) }},
		{"Choice", 0, 1, func() { sinkInt += secrets.Choice(deck) }},
		{"Choices(1024, 6)", 1, 1, func() { sinkInt += secrets.Choices(numbers1024, 6)[0] }},
		{"RandBelow(256)", 0, 1, func() { sinkInt += secrets.RandBelow(256) }},
		{"RandBelow(2^63)", 0, 1, func() { sinkInt += int(secrets.RandBelow(uint64(1) << 63)) }},
		{"Shuffle of 2", 0, 1, func() { secrets.Shuffle(deck[:2]) }},
		// The Int and its words.
		{"RandBits(173)", 2, 1, func() { sinkBig = secrets.RandBits(173) }},
		{"RandBits(512)", 2, 1, func() { sinkBig = secrets.RandBits(512) }},
		{"RandBelowBig(2^173)", 2, 1, func() { sinkBig = secrets.RandBelowBig(big173) }},
		{"SystemRandom.Uint64", 0, 1, func() { sinkInt += int(secrets.SystemRandom{}.Uint64()) }},
		{"CompareDigest of strings", 0, 0, func() { sinkBool = secrets.CompareDigest(text, text[:999]) != secrets.CompareDigest(text, text) }},
		{"CompareDigest of bytes", 0, 0, func() { sinkBool = secrets.CompareDigest(key, key[:999]) != secrets.CompareDigest(key, key) }},
	} {
		if got := testing.AllocsPerRun(100, c.call); got != c.want+c.reads*read {
			t.Errorf("%s makes %v allocations, want %v", c.name, got, c.want+c.reads*read)
		}
	}
	// These reject words now and then, and read again, which does not change the
	// number of their own allocations.
	if read == 0 {
		for _, c := range []struct {
			name string
			want float64
			call func()
		}{
			{"TokenFrom(base62, 20)", 1, func() { sinkString = secrets.TokenFrom(base62, 20) }},
			{"TokenFrom(base62, 1000)", 1, func() { sinkString = secrets.TokenFrom(base62, 1000) }},
			{"RandBelow(10)", 0, func() { sinkInt += secrets.RandBelow(10) }},
			{"Choices(52, 100)", 1, func() { sinkInt += secrets.Choices(deck, 100)[0] }},
			{"Shuffle of 52", 0, func() { secrets.Shuffle(deck) }},
		} {
			if got := testing.AllocsPerRun(1000, c.call); got != c.want {
				t.Errorf("%s makes %v allocations, want %v", c.name, got, c.want)
			}
		}
	}
}

var (
	sinkBytes  []byte
	sinkString string
	sinkInt    int
	sinkBig    *big.Int
	sinkBool   bool

	big173      = pow2(173, 0)
	chinese64   = string(runes('一', 64))
	numbers1024 = numbers(1024)
)

// TestMemory: a long token needs no more memory than its text, and 5 % of that.
// A chunk that moved to the heap, a second copy or a builder that grows would
// show.
func TestMemory(t *testing.T) {
	if race() {
		t.Skip("the race detector allocates")
	}
	const length = 1 << 20
	for name, call := range map[string]func() int{
		"TokenBytes":                func() int { return len(secrets.TokenBytes(length)) },
		"TokenHex":                  func() int { return len(secrets.TokenHex(length)) },
		"TokenURLSafe":              func() int { return len(secrets.TokenURLSafe(length)) },
		"TokenFrom":                 func() int { return len(secrets.TokenFrom(base62, length)) },
		"TokenFrom, of one width":   func() int { return len(secrets.TokenFrom("世界", length)) },
		"TokenFrom, of four widths": func() int { return len(secrets.TokenFrom("aä世😀", length)) },
	} {
		// Where widths differ so do the results, of which some might need to grow.
		size := 0
		allocated := allocatedBytes(func() {
			for range 8 {
				size += call()
			}
		})
		if allocated < uint64(size) || allocated > uint64(size)*105/100 {
			t.Errorf("%s allocates %d bytes for results of %d", name, allocated, size)
		}
	}

	// An alphabet that is longer than Unicode is refused before it is taken apart.
	long := strings.Repeat("ab", 3_000_000)
	if n := allocatedBytes(func() { panicText(func() { secrets.TokenFrom(long) }) }); n > 64<<10 {
		t.Errorf("TokenFrom over 6,000,000 characters allocates %d bytes before it panics", n)
	}

	// Five of a million cost five.
	million := numbers(1_000_000)
	if n := allocatedBytes(func() { sinkInt += secrets.Sample(million, 5)[0] }); n > 8<<10 {
		t.Errorf("Sample of a million, 5 allocates %d bytes, want at most 8192", n)
	}
}

// allocatedBytes returns how many bytes call allocates.
func allocatedBytes(call func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	call()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestReads counts the Reads and the bytes that calls draw.
func TestReads(t *testing.T) {
	// Where nothing is rejected, the figures are exact.
	deck := numbers(52)
	for _, c := range []struct {
		name         string
		reads, bytes int
		call         func()
	}{
		{"TokenBytes()", 1, 32, func() { secrets.TokenBytes() }},
		{"TokenBytes(100000)", 1, 100_000, func() { secrets.TokenBytes(100_000) }},
		{"TokenHex()", 1, 32, func() { secrets.TokenHex() }},
		{"TokenHex(64)", 1, 64, func() { secrets.TokenHex(64) }},
		{"TokenHex(65)", 1, 65, func() { secrets.TokenHex(65) }},
		{"TokenHex(65536)", 43, 65536, func() { secrets.TokenHex(65536) }},
		{"TokenURLSafe()", 1, 32, func() { secrets.TokenURLSafe() }},
		{"TokenURLSafe(64)", 1, 64, func() { secrets.TokenURLSafe(64) }},
		{"TokenURLSafe(1537)", 2, 1537, func() { secrets.TokenURLSafe(1537) }},
		// A character of 64 takes one byte, of which it needs six bits.
		{"TokenFrom(base64, 21)", 1, 21, func() { secrets.TokenFrom(base64c, 21) }},
		{"TokenFrom(base32, 26)", 1, 26, func() { secrets.TokenFrom(base32, 26) }},
		// A word of eight bytes holds ten characters of six bits.
		{"TokenFrom(64 Chinese characters, 10)", 1, 8, func() { secrets.TokenFrom(chinese64, 10) }},
		{"RandBelow(1)", 0, 0, func() { secrets.RandBelow(1) }},
		{"RandBelow(2)", 1, 1, func() { secrets.RandBelow(2) }},
		{"RandBelow(256)", 1, 1, func() { secrets.RandBelow(256) }},
		{"RandBelow(65536)", 1, 2, func() { secrets.RandBelow(65536) }},
		{"RandBelow(2^56)", 1, 7, func() { secrets.RandBelow(uint64(1) << 56) }},
		{"RandBelow(2^63)", 1, 8, func() { secrets.RandBelow(uint64(1) << 63) }},
		{"Choice of 256", 1, 1, func() { secrets.Choice(numbers(256)) }},
		{"RandBits(1)", 1, 1, func() { secrets.RandBits(1) }},
		{"RandBits(173)", 1, 22, func() { secrets.RandBits(173) }},
		{"RandBits(512)", 1, 64, func() { secrets.RandBits(512) }},
		{"RandBits(513)", 1, 65, func() { secrets.RandBits(513) }},
		{"RandBelowBig(2^173)", 1, 22, func() { secrets.RandBelowBig(big173) }},
		{"SystemRandom.Uint64", 1, 8, func() { secrets.SystemRandom{}.Uint64() }},
		{"CompareDigest", 0, 0, func() { secrets.CompareDigest("a", "b") }},
	} {
		source := draw(t, stream(1))
		c.call()
		if source.reads != c.reads || source.bytes != c.bytes {
			t.Errorf("%s draws %d bytes in %d Reads, want %d in %d", c.name, source.bytes, source.reads, c.bytes, c.reads)
		}
	}

	// Elsewhere they are means. They depend on nothing but the source, which is
	// the same in every run.
	for _, c := range []struct {
		name         string
		reads, bytes float64 // at most
		call         func()
	}{
		// 1 byte in 32 is rejected. Two more than 20 are drawn for those.
		{"TokenFrom(base62, 20)", 1.05, 22.1, func() { secrets.TokenFrom(base62, 20) }},
		// 68 bytes in 256 are rejected, the most for a common alphabet.
		{"TokenFrom(all classes, 20)", 1.25, 32, func() { secrets.TokenFrom(base62+secrets.Punctuation, 20) }},
		// Less than 1 word in 256 is rejected, for the one byte more.
		{"RandBelow(10)", 1.004, 2.008, func() { secrets.RandBelow(10) }},
		{"RandBelow(129)", 1.004, 2.008, func() { secrets.RandBelow(129) }},
		{"RandBelow(255)", 1.004, 2.008, func() { secrets.RandBelow(255) }},
		{"RandBelow(257)", 1.004, 3.012, func() { secrets.RandBelow(257) }},
		{"RandBelow(1000000)", 1.004, 4.016, func() { secrets.RandBelow(1_000_000) }},
		{"RandBelow(2^56 + 1)", 1.004, 9.04, func() { secrets.RandBelow(uint64(1)<<56 + 1) }},
		{"RandBelow(2^63 + 1)", 1.004, 9.04, func() { secrets.RandBelow(uint64(1)<<63 + 1) }},
		{"RandBelow(2^64 - 1)", 1.004, 9.04, func() { secrets.RandBelow(uint64(math.MaxUint64)) }},
		{"Choice of 52", 1.004, 2.008, func() { secrets.Choice(deck) }},
		// 52! has 226 bits, which take four words of 64.
		{"Shuffle of 52", 4.02, 36.2, func() { secrets.Shuffle(deck) }},
		{"Sample of 52, 5", 1.004, 5.02, func() { secrets.Sample(deck, 5) }},
		{"Choices of 52, 11", 1.004, 9.04, func() { secrets.Choices(deck, 11) }},
	} {
		const rounds = 10_000
		source := draw(t, stream(1))
		for range rounds {
			c.call()
		}
		reads, bytes := float64(source.reads)/rounds, float64(source.bytes)/rounds
		if reads > c.reads || bytes > c.bytes {
			t.Errorf("%s draws %v bytes in %v Reads, want at most %v in %v", c.name, bytes, reads, c.bytes, c.reads)
		}
	}
}

// What no behaviour can show.

// TestSource reads the package's own source. It may import and call only what
// its promises allow, and may keep no state.
func TestSource(t *testing.T) {
	imports := []string{
		"crypto/rand", "crypto/subtle", "encoding/base64", "encoding/binary", "encoding/hex",
		"iter", "math", "math/big", "math/bits", "slices", "strings", "unicode/utf8",
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	names = slices.DeleteFunc(names, func(name string) bool { return strings.HasSuffix(name, "_test.go") })
	if len(names) != 3 {
		t.Errorf("the package's files are %v, want three", names)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); i.Name != nil || !slices.Contains(imports, path) {
				t.Errorf("%s imports %s", name, i.Path.Value)
			}
		}
		// Before Go 1.24, crypto/rand.Read returns an error, which these functions
		// would take for success. A copy of the files must not build there.
		var directives []string
		for _, group := range file.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(c.Text, "//go:") {
					directives = append(directives, c.Text)
				}
			}
		}
		if !slices.Equal(directives, []string{"//go:build go1.24"}) {
			t.Errorf("%s has the directives %q, want only //go:build go1.24", name, directives)
		}
		for _, d := range file.Decls {
			switch d := d.(type) {
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					t.Errorf("%s declares a variable of the package", name)
				}
			case *ast.FuncDecl:
				if d.Name.Name == "init" {
					t.Errorf("%s has an init function", name)
				}
				ast.Inspect(d, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.GoStmt:
						t.Errorf("%s starts a goroutine", d.Name.Name)
					case *ast.SelectorExpr:
						x, ok := n.X.(*ast.Ident)
						if ok && x.Name == "rand" && n.Sel.Name != "Read" {
							t.Errorf("%s uses rand.%s, want only rand.Read, which cannot fail", d.Name.Name, n.Sel.Name)
						}
					case *ast.CallExpr:
						if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "recover" {
							t.Errorf("%s recovers", d.Name.Name)
						}
					}
					return true
				})
			}
		}
	}

	// Time cannot be tested, so that the body is held to the letter.
	const body = "(a, b T) bool {\n\treturn subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1\n}\n"
	if source, err := os.ReadFile("secrets.go"); err != nil || !bytes.Contains(source, []byte(body)) {
		t.Errorf("CompareDigest is not one call of subtle.ConstantTimeCompare, error %v", err)
	}
}

// TestPages holds the README to the examples: its Go snippets stand literally in
// example_test.go, and every function and type has an example there and a row in
// the table.
func TestPages(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	readme, examples := read("README.md"), read("example_test.go")
	snippets := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(readme, -1)
	if len(snippets) == 0 {
		t.Error("README.md has no Go snippet")
	}
	for _, s := range snippets {
		lines := strings.SplitAfter(s[1], "\n")
		for i, line := range lines {
			if strings.TrimSpace(line) != "" {
				lines[i] = "\t" + line
			}
		}
		if snippet := strings.Join(lines, ""); !strings.Contains(examples, snippet) {
			t.Errorf("this snippet of README.md is not in example_test.go:\n%s", snippet)
		}
	}

	for _, name := range []string{"secrets.go", "token.go", "random.go"} {
		for _, m := range regexp.MustCompile(`(?m)^(?:func|type) ([A-Z]\w*)`).FindAllStringSubmatch(read(name), -1) {
			if !strings.Contains(examples, "func Example"+m[1]+"() {") {
				t.Errorf("%s has no example", m[1])
			}
			if !regexp.MustCompile("(?m)^\\| .* \\| `" + m[1] + "[`(]").MatchString(readme) {
				t.Errorf("%s is not in the README's table", m[1])
			}
		}
	}
}

// Benchmarks, against what a user of the standard library would write.

// compare measures both, each by itself, for benchstat -col /impl, and then in
// turn: on a noisy machine only the ratio of the medians of many short rounds is
// worth something.
func compare(b *testing.B, ours, stdlib func()) {
	b.Run("impl=secrets", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ours()
		}
	})
	b.Run("impl=stdlib", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			stdlib()
		}
	})
	b.Run("ratio", func(b *testing.B) {
		var rounds [2][]time.Duration
		for b.Loop() {
			for i, call := range []func(){ours, stdlib} {
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

// readBytes returns a function that draws n bytes, at most 8.
func readBytes(n int) func() {
	return func() {
		var b [8]byte
		rand.Read(b[:n])
		sinkInt += int(b[0])
	}
}

func BenchmarkTokenBytes(b *testing.B) {
	compare(b, func() { sinkBytes = secrets.TokenBytes() }, func() {
		sinkBytes = make([]byte, 32)
		rand.Read(sinkBytes)
	})
}

func BenchmarkTokenHex(b *testing.B) {
	compare(b, func() { sinkString = secrets.TokenHex() }, func() {
		key := make([]byte, 32)
		rand.Read(key)
		sinkString = hex.EncodeToString(key)
	})
}

func BenchmarkTokenURLSafe(b *testing.B) {
	compare(b, func() { sinkString = secrets.TokenURLSafe() }, func() {
		key := make([]byte, 32)
		rand.Read(key)
		sinkString = base64.RawURLEncoding.EncodeToString(key)
	})
}

func BenchmarkTokenHexLong(b *testing.B) {
	compare(b, func() { sinkString = secrets.TokenHex(1 << 16) }, func() {
		key := make([]byte, 1<<16)
		rand.Read(key)
		sinkString = hex.EncodeToString(key)
	})
}

func BenchmarkRandBelow10(b *testing.B) {
	compare(b, func() { sinkInt += secrets.RandBelow(10) }, readBytes(1))
}

func BenchmarkRandBelowMillion(b *testing.B) {
	compare(b, func() { sinkInt += secrets.RandBelow(1_000_000) }, readBytes(3))
}

func BenchmarkChoice(b *testing.B) {
	deck := numbers(52)
	compare(b, func() { sinkInt += secrets.Choice(deck) }, readBytes(1))
}

func BenchmarkRandBelow10IntN(b *testing.B) {
	r := mathrand.New(secrets.SystemRandom{})
	compare(b, func() { sinkInt += secrets.RandBelow(10) }, func() { sinkInt += r.IntN(10) })
}

func BenchmarkRandBelow10Int(b *testing.B) {
	n := big.NewInt(10)
	compare(b, func() { sinkInt += secrets.RandBelow(10) }, func() { sinkBig, _ = rand.Int(rand.Reader, n) })
}

func BenchmarkShuffle52(b *testing.B) {
	deck, r := numbers(52), mathrand.New(secrets.SystemRandom{})
	compare(b, func() { secrets.Shuffle(deck) }, func() {
		r.Shuffle(len(deck), func(i, j int) { deck[i], deck[j] = deck[j], deck[i] })
	})
}

// BenchmarkSample5Of52 has no counterpart in the standard library: it is
// compared with five calls of RandBelow.
func BenchmarkSample5Of52(b *testing.B) {
	deck := numbers(52)
	compare(b, func() { sinkInt += secrets.Sample(deck, 5)[0] }, func() {
		for range 5 {
			sinkInt += secrets.RandBelow(52)
		}
	})
}

func BenchmarkRandBits173(b *testing.B) {
	compare(b, func() { sinkBig = secrets.RandBits(173) }, func() { sinkBig, _ = rand.Int(rand.Reader, big173) })
}

func BenchmarkRandBelowBig173(b *testing.B) {
	n := pow2(173, -1)
	n.Sub(n, pow2(171, 0)) // A quarter of the words is rejected.
	compare(b, func() { sinkBig = secrets.RandBelowBig(n) }, func() { sinkBig, _ = rand.Int(rand.Reader, n) })
}

func BenchmarkUint64(b *testing.B) {
	compare(b, func() { sinkInt += int(secrets.SystemRandom{}.Uint64()) }, readBytes(8))
}

func BenchmarkTokenFromBase32(b *testing.B) {
	compare(b, func() { sinkString = secrets.TokenFrom(base32, 26) }, func() { sinkString = rand.Text() })
}

func BenchmarkTokenFromBase62(b *testing.B) {
	compare(b, func() { sinkString = secrets.TokenFrom(base62, 20) }, func() {
		sinkBytes = make([]byte, 20)
		rand.Read(sinkBytes)
	})
}

// BenchmarkParallel makes tokens on all cores: with -cpu 1,2 the time a call
// falls with the cores.
func BenchmarkParallel(b *testing.B) {
	parallel := func(name string, call func() int) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if call() == 0 {
						b.Error("empty token")
					}
				}
			})
		})
	}
	parallel("impl=secrets", func() int { return len(secrets.TokenURLSafe()) })
	parallel("impl=stdlib", func() int {
		key := make([]byte, 32)
		rand.Read(key)
		return len(base64.RawURLEncoding.EncodeToString(key))
	})
}
