using System.Globalization;

namespace Rllc.Examples.Tests;

/// <summary>A culture with a decimal comma, a space between thousands and U+2212 as minus, until disposed.</summary>
internal sealed class FinnishCulture : IDisposable
{
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public FinnishCulture() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("fi-FI");

    public void Dispose() => CultureInfo.CurrentCulture = before;
}
