package aramaki.server.web;

/// How eyes see colours: as most do, or without one kind of cone. The matrices are those of
/// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
/// Deficiency", 2009, at full severity, for linear RGB.
enum Sight {
    USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTANOPIA(
            0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
            1.051998),
    DEUTERANOPIA(
            0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
            0.968881),
    TRITANOPIA(
            1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
            0.303900);

    private final double[] matrix;

    Sight(double... matrix) {
        this.matrix = matrix;
    }

    /// How far two colours are from each other in CIE L*a*b* (ΔE of 1976), as these eyes see them.
    double difference(int rgb, int other) {
        double[] a = lab(rgb);
        double[] b = lab(other);
        return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
    }

    private double[] lab(int rgb) {
        double r = seen(0, rgb);
        double g = seen(1, rgb);
        double b = seen(2, rgb);
        double x = root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
        double y = root(0.2126 * r + 0.7152 * g + 0.0722 * b);
        double z = root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private double seen(int row, int rgb) {
        double sum = 0;
        for (int column = 0; column < 3; column++) {
            sum += matrix[3 * row + column] * ContrastTest.linear(rgb >> 8 * (2 - column) & 255);
        }
        return Math.clamp(sum, 0, 1);
    }

    private static double root(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
