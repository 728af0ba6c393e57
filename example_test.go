package secrets_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.com/secrets"
)

func Example() {
	token := secrets.TokenURLSafe()                               // WC9TJY-5OoE-34d7KIzuqLQ3_CYXPxSPSwJjGlA1lbk
	id := secrets.TokenHex(16)                                    // fa79d3fb14f9ed396b96446f76c35b51
	key := secrets.TokenBytes(32)                                 // [152 56 28 67 191 … 150 188]
	pw := secrets.TokenFrom(secrets.Lowercase+secrets.Digits, 16) // 1e8vfo488oh7fzb1
	code := secrets.TokenFrom(secrets.Digits, 6)                  // 258043
	fruit := secrets.Choice([]string{"apple", "banana", "pear"})  // pear
	roll := 1 + secrets.RandBelow(6)                              // 1

	fmt.Println(len(token), len(id), len(key), len(pw), len(code))
	fmt.Println(len(fruit) >= 4, 1 <= roll && roll <= 6)
	// Output:
	// 43 32 32 16 6
	// true true
}

func ExampleTokenBytes() {
	key := secrets.TokenBytes(16) // for AES-128
	fmt.Println(len(key), len(secrets.TokenBytes()))
	// Output: 16 32
}

func ExampleTokenHex() {
	token := secrets.TokenHex(16) // 128 bits
	fmt.Println(len(token), strings.Trim(token, "0123456789abcdef") == "")
	// Output: 32 true
}

// A link that nobody can guess. Whoever has it may read: send a Referrer-Policy of
// no-referrer, and let the owner revoke the link.
func ExampleTokenURLSafe() {
	token := secrets.TokenURLSafe() // 256 bits
	link := "https://example.com/shared/" + token
	fmt.Println(len(token), len(link), url.QueryEscape(token) == token)
	// Output: 43 70 true
}

func ExampleTokenFrom() {
	// In Python: ''.join(secrets.choice('abcd') for i in range(20))
	s := secrets.TokenFrom("abcd", 20)
	// A voucher without I and 1, O and 0: 10 characters of 5 bits.
	voucher := secrets.TokenFrom("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 10)
	fmt.Println(len(s), strings.Trim(s, "abcd") == "", len(voucher))
	// Output: 20 true 10
}

func ExampleChoice() {
	servers := []string{"alpha", "beta", "gamma"}
	fmt.Println(slices.Contains(servers, secrets.Choice(servers)))
	// Output: true
}

func ExampleChoices() {
	flips := secrets.Choices([]string{"heads", "tails"}, 100)
	fmt.Println(len(flips), "flips")
	// Output: 100 flips
}

func ExampleSample() {
	tickets := []int{1204, 1377, 1581, 1602, 1749, 1850, 1966}
	winners := secrets.Sample(tickets, 3)
	slices.Sort(winners)
	fmt.Println(len(slices.Compact(winners)), "different winners")
	// Output: 3 different winners
}

func ExampleShuffle() {
	questions := []string{"a", "b", "c", "d"}
	secrets.Shuffle(questions)
	slices.Sort(questions) // Nothing is lost and nothing repeated.
	fmt.Println(questions)
	// Output: [a b c d]
}

func ExampleRandBelow() {
	n := secrets.RandBelow(100) // 0 to 99
	fmt.Println(0 <= n && n < 100)
	// Output: true
}

func ExampleRandBelowBig() {
	// A number of at most 30 decimal digits, more than an int64 can hold.
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)
	n := secrets.RandBelowBig(limit)
	fmt.Println(n.Sign() >= 0 && n.Cmp(limit) < 0)
	// Output: true
}

func ExampleRandBits() {
	n := secrets.RandBits(173)
	fmt.Println(n.BitLen() <= 173)
	// Output: true
}

func ExampleCompareDigest() {
	fmt.Println(secrets.CompareDigest("right token", "right token"))
	fmt.Println(secrets.CompareDigest("right token", "wrong token"))
	// Output:
	// true
	// false
}

func ExampleSystemRandom() {
	r := rand.New(secrets.SystemRandom{}) // #nosec G404 -- it reads crypto/rand.
	height := 175 + 7*r.NormFloat64()     // normally distributed
	fmt.Println(height > 0, len(r.Perm(5)))
	// Output: true 5
}

// An API key is shown once and stored as a hash, so that a stolen database reveals
// no keys. A secret of at least 112 bits needs only a plain hash such as SHA-256. A
// weaker one needs a salt and a password hash (NIST SP 800-63B-4, 3.1.2.2, and OWASP
// ASVS 5.0, 6.5.2). The lookup needs no CompareDigest: its time can reveal part of a
// hash, but not the key. Hash the text as it was sent, with its prefix: if you decode it
// first, several texts may be accepted for one key.
//
// Secret scanners can be told to search for the prefix. The key has no '-', so a double
// click selects all of it.
func Example_apiKey() {
	const alphabet = secrets.Lowercase + secrets.Uppercase + secrets.Digits
	owners := map[[sha256.Size]byte]string{} // by hash of a key; a server needs a lock

	key := "acme_" + secrets.TokenFrom(alphabet)
	owners[sha256.Sum256([]byte(key))] = "user 17"

	for _, sent := range []string{key, "acme_" + secrets.TokenFrom(alphabet), ""} {
		owner, ok := owners[sha256.Sum256([]byte(sent))]
		fmt.Printf("%d characters: %q, %t\n", len(sent), owner, ok)
	}
	// Output:
	// 48 characters: "user 17", true
	// 48 characters: "", false
	// 0 characters: "", false
}

// A link in an email that resets a password works once and expires. A token has no
// expiry of its own, so the deadline is stored beside its hash. Use the token when
// the new password is accepted, and not when the link is opened: mail scanners open links.
func Example_passwordReset() {
	type row struct {
		user     string
		deadline time.Time
	}
	rows := map[[sha256.Size]byte]row{} // by hash of a token; a server needs a lock

	newLink := func(user string) string {
		token := secrets.TokenURLSafe()
		rows[sha256.Sum256([]byte(token))] = row{user, time.Now().Add(time.Hour)}
		return "https://example.com/reset?token=" + token
	}
	use := func(token string, now time.Time) (user string, ok bool) {
		r, ok := rows[sha256.Sum256([]byte(token))]
		if !ok || now.After(r.deadline) {
			return "", false
		}
		// Delete this link and the user's others.
		maps.DeleteFunc(rows, func(_ [sha256.Size]byte, other row) bool { return other.user == r.user })
		return r.user, true
	}

	_, token, _ := strings.Cut(newLink("user 17"), "token=") // On a server, use r.FormValue.
	fmt.Println(use(token, time.Now().Add(2*time.Hour)))     // too late
	fmt.Println(use(token, time.Now()))
	fmt.Println(use(token, time.Now())) // again
	// Output:
	//  false
	// user 17 true
	//  false
}

// A code of six digits is the shortest that OWASP ASVS 5.0 (6.5.4) and NIST SP 800-63B-4
// (3.1.3.2) accept. It is stored under a keyed hash, because a plain hash can be tried
// with all million codes. It works once, for minutes, for few tries, and only in the
// session that asked for it (ASVS, 6.5.1, 6.5.5, 6.6.2 and 6.6.3).
//
// A new code brings new tries, so the account has a count of failures, too. A new code
// keeps that count, and a success clears it. NIST requires this (3.1.3.2), with a limit
// of at most 100 failures in a row (3.2.2). Limit how many codes a user can ask for, and
// the tries over all accounts as well: one guess at each of 100,000 live codes has a 10%
// chance of a hit.
func Example_sixDigitCode() {
	type row struct {
		user     string
		mac      []byte
		deadline time.Time
		tries    int
	}
	rows := map[string]*row{}           // by session; a server needs a lock in each call
	failures := map[string]int{}        // by user, in a row
	serverKey := secrets.TokenBytes(32) // a real one is kept apart from the rows

	mac := func(session, code string) []byte {
		h := hmac.New(sha256.New, serverKey)
		fmt.Fprintf(h, "%q %q", session, code)
		return h.Sum(nil)
	}
	newCode := func(session, user string) string {
		code := secrets.TokenFrom(secrets.Digits, 6) // A number would lose leading zeros.
		rows[session] = &row{user, mac(session, code), time.Now().Add(10 * time.Minute), 0}
		return code
	}
	check := func(session, code string) bool {
		r, ok := rows[session]
		if !ok || time.Now().After(r.deadline) || failures[r.user] >= 20 {
			return false // After 20 failures, even a stranger's, the user needs another way in.
		}
		if secrets.CompareDigest(r.mac, mac(session, code)) {
			delete(rows, session)
			delete(failures, r.user)
			return true
		}
		failures[r.user]++
		if r.tries++; r.tries >= 5 {
			delete(rows, session)
		}
		return false
	}

	session := secrets.TokenURLSafe()
	code := newCode(session, "user 17")
	fmt.Println(check(session, "no code"), check(session, code), check(session, code), len(failures))
	for range 4 {
		code = newCode(session, "user 17")
		for range 5 {
			check(session, "no code")
		}
		fmt.Print(check(session, code), " ")
	}
	fmt.Println(check(session, newCode(session, "user 17")))
	// Output:
	// false true false 0
	// false false false false false
}

// An initial password for an account, on a system that demands a lower-case letter, an
// upper-case letter and three digits. Redrawing the whole password keeps all valid ones
// equally likely. Let it expire soon, and require a new one at first login (ASVS, 6.4.1).
func Example_initialPassword() {
	digits := regexp.MustCompile("[0-9].*[0-9].*[0-9]")
	fits := func(password string) bool {
		return digits.MatchString(password) &&
			strings.ContainsAny(password, secrets.Lowercase) &&
			strings.ContainsAny(password, secrets.Uppercase)
	}
	const length = 16 // Below 5, no password fits, and the loop would not end.
	password := ""
	for !fits(password) {
		password = secrets.TokenFrom(secrets.Lowercase+secrets.Uppercase+secrets.Digits, length)
	}
	fmt.Println(len(password), fits(password))
	// Output: 16 true
}

// A password for a database or a message queue. Letters and digits need no quoting in a
// connection URL, a shell or a configuration file. Thirty of them hold 178.6 bits, and
// many servers refuse more: Oracle on Amazon RDS takes 30 characters, a MySQL replica 32,
// MySQL and MariaDB on RDS 41.
func Example_servicePassword() {
	password := secrets.TokenFrom(secrets.Lowercase+secrets.Uppercase+secrets.Digits, 30)
	user := url.UserPassword("app", password)
	u := url.URL{Scheme: "postgres", User: user, Host: "localhost", Path: "/app"}
	fmt.Println(len(password), u.String() == "postgres://app:"+password+"@localhost/app")
	// Output: 30 true
}

// Six words from a list of 7,776 hold 77.5 bits. Six from this short list hold only 18.
// If each line of the list has a dice number, take only the last field of the line.
func Example_passphrase() {
	content := "anchor basket candle donkey\nengine fabric garden hammer\n" // from os.ReadFile
	words := strings.Fields(string(content))
	if len(words) < 8 { // Use 7,776 here. An empty file would make Choices panic.
		panic("too few words")
	}
	passphrase := strings.Join(secrets.Choices(words, 6), " ")
	fmt.Println(len(strings.Fields(passphrase)), "words")
	// Output: 6 words
}

// Jitter keeps many clients from calling back at the same moment. RandBelow panics if a
// configured jitter is 0, or if a backoff was doubled until it overflowed.
func Example_jitter() {
	jitter := time.Duration(0)
	fmt.Println(10*time.Second + secrets.RandBelow(max(jitter, 1)))

	backoff := time.Second
	for range 100 {
		backoff = min(2*backoff, time.Minute)
	}
	fmt.Println(backoff, secrets.RandBelow(max(backoff, 1)) < backoff)
	// Output:
	// 10s
	// 1m0s true
}

// In Python:
//
//	secrets.SystemRandom().sample(range(10_000_000), 60)
//
// Sample needs a slice of all the numbers. To pick a few of many, redraw repeats.
// For more than half of n, use Perm(n)[:k], a method of a Rand with SystemRandom{}.
func Example_distinctNumbers() {
	distinct := func(n, k int) []int {
		if k > n/2 { // Many draws would repeat a number. Above n, the loop would not end.
			panic("k is above half of n")
		}
		seen, numbers := map[int]bool{}, make([]int, 0, k)
		for len(numbers) < k {
			if x := secrets.RandBelow(n); !seen[x] {
				seen[x] = true
				numbers = append(numbers, x)
			}
		}
		return numbers
	}

	numbers := distinct(1_000_000, 100_000) // with six digits each: fmt.Sprintf("%06d", x)
	slices.Sort(numbers)
	fmt.Println(len(slices.Compact(numbers)), numbers[0] >= 0, numbers[len(numbers)-1] < 1_000_000)
	// Output: 100000 true true
}

// In Python:
//
//	secrets.SystemRandom().choices(colors, weights=[18, 18, 2], k=3)
//
// For weights that are floats, scale them to integers, or use distuv.NewCategorical of
// Gonum with SystemRandom{} as its source.
func Example_weightedChoice() {
	weighted := func(s []string, weights []int, k int) ([]string, error) {
		if len(weights) != len(s) {
			return nil, errors.New("each element needs one weight")
		}
		sums, total := make([]int, len(s)), 0
		for i, w := range weights {
			if w < 0 || w > math.MaxInt-total {
				return nil, errors.New("a weight is negative, or the weights are too large")
			}
			total += w
			sums[i] = total
		}
		if total == 0 {
			return nil, errors.New("no weight is above 0")
		}
		drawn := make([]string, k)
		for i := range drawn {
			n := secrets.RandBelow(total)
			j, _ := slices.BinarySearch(sums, n+1) // the first sum above n
			drawn[i] = s[j]
		}
		return drawn, nil
	}

	colors := []string{"red", "black", "green"}
	spins, err := weighted(colors, []int{18, 18, 2}, 3)
	fmt.Println(len(spins), "spins,", err)
	fmt.Println(weighted(colors, []int{0, 1, 0}, 3))
	fmt.Println(weighted(colors, []int{math.MaxInt, math.MaxInt, 5}, 3))
	fmt.Println(weighted(colors, []int{3, -1, 1}, 3))
	fmt.Println(weighted(colors, []int{0, 0, 0}, 3))
	fmt.Println(weighted(colors, []int{18, 18}, 3))
	// Output:
	// 3 spins, <nil>
	// [black black black] <nil>
	// [] a weight is negative, or the weights are too large
	// [] a weight is negative, or the weights are too large
	// [] no weight is above 0
	// [] each element needs one weight
}
