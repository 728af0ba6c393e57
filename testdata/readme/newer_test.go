//go:build go1.26

package readme

import (
	"testing"
	"testing/cryptotest"

	"example.com/secrets"
)

func TestToken(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 1)
	if got, want := secrets.TokenHex(4), "6ae6783f"; got != want {
		t.Errorf("TokenHex(4) = %s, want %s", got, want)
	}
}
