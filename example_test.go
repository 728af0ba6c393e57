package secrets_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"net/url"
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

func ExampleTokenURLSafe() {
	token := secrets.TokenURLSafe() // 256 bits
	fmt.Println(len(token), url.QueryEscape(token) == token)
	// Output: 43 true
}

func ExampleTokenFrom() {
	// Without I and 1, O and 0.
	const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

	voucher := secrets.TokenFrom(alphabet, 10) // 10 characters of 5 bits
	fmt.Println(len(voucher), strings.Trim(voucher, alphabet) == "")
	// Output: 10 true
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
// no keys. Store a secret of at least 112 bits under a plain hash such as SHA-256, and
// a weaker one under a password hash with a salt: NIST SP 800-63B, revision 3, section
// 5.1.2.2, and OWASP ASVS 5.0, 6.5.2, ask this of lookup secrets. The lookup needs no
// CompareDigest: its time can reveal part of a hash, but not the key.
//
// Secret scanners can be told to search for the prefix. The key has no '-', so that a
// double click selects all of it. To cut off the prefix, use strings.CutPrefix.
func Example_apiKey() {
	const alphabet = secrets.Lowercase + secrets.Uppercase + secrets.Digits
	owners := map[[sha256.Size]byte]string{} // by hash of a key

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
// the new password is sent, and not when the link is opened: mail scanners open links.
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

// A code of six digits is stored under a keyed hash, because a plain hash can be tried
// with all million codes. It is safe only if it works once, for minutes and for few
// tries (OWASP ASVS 5.0, 6.5.1, 6.5.5 and 6.6.3), and only in the session that asked for
// it: then nobody else can use up the tries. A new code brings new tries, so limit how
// often a user can get one. Limit the tries over all accounts, too: with 100,000 live
// codes, one guess at each succeeds with a probability of one in ten.
func Example_sixDigitCode() {
	type row struct {
		mac      []byte
		deadline time.Time
		tries    int
	}
	rows := map[string]*row{}           // by session; a server needs a lock
	serverKey := secrets.TokenBytes(32) // a real one is kept apart from the rows

	mac := func(session, code string) []byte {
		h := hmac.New(sha256.New, serverKey)
		fmt.Fprintf(h, "%q %q", session, code)
		return h.Sum(nil)
	}
	newCode := func(session string) string {
		code := secrets.TokenFrom(secrets.Digits, 6) // A number would lose leading zeros.
		rows[session] = &row{mac(session, code), time.Now().Add(10 * time.Minute), 0}
		return code
	}
	check := func(session, code string) bool {
		r, ok := rows[session]
		if !ok {
			return false
		}
		r.tries++
		right := secrets.CompareDigest(r.mac, mac(session, code)) && time.Now().Before(r.deadline)
		if right || r.tries >= 5 {
			delete(rows, session)
		}
		return right
	}

	session := secrets.TokenURLSafe()
	code := newCode(session)
	fmt.Println(check(session, "no code"), check(session, code), check(session, code))
	code = newCode(session)
	for range 5 {
		check(session, "no code")
	}
	fmt.Println(check(session, code))
	// Output:
	// false true false
	// false
}

// The first password of an account, for a system that demands a lower-case letter, an
// upper-case letter and three digits. Redrawing the whole password keeps all that fit
// equally likely. Let it expire soon, and require a new one at the first login (OWASP
// ASVS 5.0, 6.4.1).
func Example_firstPassword() {
	fits := func(password string) bool {
		digits := 0
		for _, c := range password {
			if '0' <= c && c <= '9' {
				digits++
			}
		}
		return digits >= 3 &&
			strings.ContainsAny(password, secrets.Lowercase) &&
			strings.ContainsAny(password, secrets.Uppercase)
	}
	newPassword := func(length int) string {
		if length < 12 { // Below 5, no password fits, and the loop would not end.
			panic("a password of fewer than 12 characters")
		}
		for {
			password := secrets.TokenFrom(secrets.Lowercase+secrets.Uppercase+secrets.Digits, length)
			if fits(password) {
				return password
			}
		}
	}
	password := newPassword(16)
	fmt.Println(len(password), fits(password))
	// Output: 16 true
}

// The id of a background task. With 128 random bits, no two are the same in practice,
// and nobody can guess another task's id.
func Example_taskID() {
	id := "task-" + secrets.TokenHex(16)
	fmt.Println(len(id))
	// Output: 37
}

// The password of a database or a queue. Letters and digits need no quoting in a
// connection URL, a shell or a configuration file.
func Example_servicePassword() {
	password := secrets.TokenFrom(secrets.Lowercase + secrets.Uppercase + secrets.Digits)
	u, err := url.Parse("postgres://app:" + password + "@localhost/app")
	if err != nil {
		panic(err)
	}
	got, _ := u.User.Password()
	fmt.Println(len(password), got == password)
	// Output: 43 true
}

// A link that nobody can guess, for people who have no account. Whoever has it may
// read: send a Referrer-Policy of no-referrer, and let the owner revoke the link.
func Example_sharedLink() {
	link := "https://example.com/shared/" + secrets.TokenURLSafe(16) // 128 bits
	fmt.Println(len(link))
	// Output: 49
}

// Six words from a list of 7,776, read from a file, hold 77.5 bits. Six from this
// short list hold only 18.
func Example_passphrase() {
	words := []string{"anchor", "basket", "candle", "donkey", "engine", "fabric", "garden", "hammer"}
	passphrase := strings.Join(secrets.Choices(words, 6), " ")
	fmt.Println(len(strings.Fields(passphrase)), "words")
	// Output: 6 words
}

// A token that is safe as a command argument: it does not begin with '-', and no shell
// changes its characters. Other users can see arguments: prefer a file for a secret.
func Example_commandLine() {
	token := secrets.TokenFrom(secrets.Lowercase + secrets.Digits)
	fmt.Println(len(token), "characters, '-' among them:", strings.Contains(token, "-"))
	// Output: 50 characters, '-' among them: false
}

// Jitter keeps many clients from calling back at the same moment.
func Example_jitter() {
	delay := 10*time.Second + secrets.RandBelow(5*time.Second)
	fmt.Println(10*time.Second <= delay && delay < 15*time.Second)
	// Output: true
}

// In Python:
//
//	''.join(secrets.choice('abcd') for i in range(20))
func Example_twentyCharacters() {
	s := secrets.TokenFrom("abcd", 20)
	fmt.Println(len(s), "characters,", strings.Trim(s, "abcd") == "")
	// Output: 20 characters, true
}

// In Python:
//
//	secrets.SystemRandom().uniform(2.5, 10)
func Example_uniform() {
	r := rand.New(secrets.SystemRandom{}) // #nosec G404 -- it reads crypto/rand.
	x := 2.5 + (10-2.5)*r.Float64()
	fmt.Println(2.5 <= x && x <= 10) // Rounding can give 10, as in Python.
	// Output: true
}

// In Python:
//
//	secrets.SystemRandom().choices(['red', 'black', 'green'], weights=[18, 18, 2])
func Example_weightedChoice() {
	colors, weights := []string{"red", "black", "green"}, []int{18, 18, 2}
	sums, total := make([]int, len(weights)), 0
	for i, w := range weights {
		total += w
		sums[i] = total
	}
	pick := func(n int) string {
		i, _ := slices.BinarySearch(sums, n+1) // the first sum above n
		return colors[i]
	}
	fmt.Println(len(pick(secrets.RandBelow(total))) > 0)
	fmt.Println(pick(0), pick(17), pick(18), pick(35), pick(36), pick(total-1))
	// Output:
	// true
	// red red black black green green
}
