using Shared.Data;

namespace Rllc.Examples.Tests.Data;

public class StrokeDigitsTests
{
    [Fact]
    public void The_same_seed_draws_the_same_pictures()
    {
        var (first, second) = (StrokeDigits.Draw(7, 60, 20, 20), StrokeDigits.Draw(7, 60, 20, 20));

        Assert.Equal(first.Training.Pixels, second.Training.Pixels);
        Assert.Equal(first.Training.Labels, second.Training.Labels);
        Assert.Equal(first.Test.Pixels, second.Test.Pixels);
    }

    [Fact]
    public void Another_seed_and_another_part_draw_others()
    {
        var data = StrokeDigits.Draw(7, 20, 20, 20);

        Assert.NotEqual(data.Training.Pixels, StrokeDigits.Draw(8, 20, 20, 20).Training.Pixels);
        Assert.NotEqual(data.Training.Pixels, data.Validation.Pixels);
        Assert.NotEqual(data.Training.Pixels, data.Test.Pixels);
    }

    [Fact]
    public void A_picture_does_not_depend_on_how_many_are_drawn()
    {
        Assert.Equal(
            StrokeDigits.Draw(7, 10, 0, 0).Training.Pixels,
            StrokeDigits.Draw(7, 40, 0, 0).Training.Slice(0, 10).Pixels);
    }

    [Fact]
    public void Every_digit_is_drawn_about_as_often_and_every_picture_shows_one()
    {
        var data = StrokeDigits.Draw(1, 2000, 0, 0).Training;

        Assert.All(data.Labels.CountBy(label => label), count => Assert.InRange(count.Value, 140, 260));
        Assert.Equal(Dataset.Classes, data.Labels.Distinct().Count());
        Assert.All(Enumerable.Range(0, data.Count), index => Assert.InRange(data.Picture(index).ToArray().Count(pixel => pixel > 80), 15, 400));
    }

    [Fact]
    public void Normalised_training_pixels_have_mean_0_and_deviation_1()
    {
        var data = StrokeDigits.Draw(1, 500, 0, 0);
        var inputs = new float[data.Training.Pixels.Length];

        data.Normalization.Apply(data.Training.Pixels, inputs);

        Assert.Equal(0, inputs.Average(value => (double)value), 1e-4);
        Assert.Equal(1, inputs.Average(value => (double)value * value), 1e-4);
    }
}
