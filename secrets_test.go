package secrets_test

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/big"
	mathrand "math/rand/v2"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

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
